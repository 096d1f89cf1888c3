/** Another process holds the folder of the embedded database. It has to end first, or this one needs another folder. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse'
  readonly code = 'DATABASE_IN_USE'
  readonly folder: string

  constructor(folder: string) {
    super(
      `another process has the database in ${folder} open: stop it, or set DATABASE_URL to another folder (pglite:./folder) or to a PostgreSQL server`,
    )
    this.folder = folder
  }
}
