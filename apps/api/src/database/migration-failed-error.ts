/** A migration could not be applied. The database is as the migration before it left it; the start must not go on. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed'
  readonly code = 'MIGRATION_FAILED'
  /** The folder's name of the migration. */
  readonly migration: string

  constructor(migration: string, why: string, options?: ErrorOptions) {
    super(`migration ${migration} ${why}`, options)
    this.migration = migration
  }
}
