import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { lockDirectory } from '../src/database/lock-directory.ts'
import { openDatabase } from '../src/database/open-database.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'kinpass-folder-'))
})
afterEach(() => rm(home, { recursive: true }))

test('a folder that another process has open is refused with its name and a mend', async () => {
  const folder = path.join(home, 'database')
  cpSync(inject('pgliteTemplate'), folder, { recursive: true })
  await using _holder = await holdInAnotherProcess(folder)
  const second = openDatabase(`pglite:${folder}`)
  await expect(second).rejects.toMatchObject({ code: 'DATABASE_IN_USE', directory: folder })
  await expect(second).rejects.toThrow(
    `another process has the database in ${folder} open: stop it, or set DATABASE_URL`,
  )
})

test('a process that is killed lets the folder go, and what it wrote is there', async () => {
  const folder = path.join(home, 'database')
  cpSync(inject('pgliteTemplate'), folder, { recursive: true })
  const holder = await holdInAnotherProcess(folder)
  await holder[Symbol.asyncDispose]()
  expect(await readdir(home)).toContain('database.lock')
  await using db = await openDatabase(`pglite:${folder}`)
  expect(await db.prisma.familyMember.count()).toBe(1)
})

test('a first start that was interrupted does not stop the next', async () => {
  const leftover = path.join(home, 'database.unfinished-1')
  await mkdir(leftover)
  await writeFile(path.join(leftover, 'PG_VERSION'), '18')
  {
    await using db = await openDatabase(`pglite:${home}/database`)
    expect((await db.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  }
  expect(await readdir(home)).toEqual(['database'])
})

test('a folder has one claim, whatever it is called by', async () => {
  await symlink(home, `${home}-link`)
  await using _claim = await lockDirectory(path.join(home, 'database'))
  await expect(lockDirectory(path.join(`${home}-link`, 'database'))).rejects.toThrow('another process')
  await rm(`${home}-link`)
})

test('a folder is free again when its claim ends', async () => {
  const folder = path.join(home, 'database')
  await (await lockDirectory(folder))[Symbol.asyncDispose]()
  await using _claim = await lockDirectory(folder)
})

test('a folder whose path is too long for a socket is claimed as well', async () => {
  const folder = path.join(home, 'deep'.repeat(30), 'database')
  await mkdir(path.dirname(folder))
  await using _claim = await lockDirectory(folder)
  await expect(lockDirectory(folder)).rejects.toThrow('another process')
  expect(await readdir(path.dirname(folder))).toEqual([])
})

test("a file of somebody else's in the place of the claim is left alone", async () => {
  const file = path.join(home, 'database.lock')
  await writeFile(file, 'precious')
  await expect(lockDirectory(path.join(home, 'database'))).rejects.toMatchObject({ code: 'EADDRINUSE' })
  expect(await readFile(file, 'utf8')).toBe('precious')
})

/** Starts a process that has the database open. Disposing of it kills it, as `kill -9` does. */
async function holdInAnotherProcess(folder: string): Promise<AsyncDisposable> {
  const script = fileURLToPath(new URL('_hold-database.ts', import.meta.url))
  const holder: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    ['--import', 'tsx', script, `pglite:${folder}`],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  await Promise.race([
    once(holder.stdout, 'data'),
    once(holder, 'exit').then(() =>
      Promise.reject(new Error('the other process could not open the database')),
    ),
  ])
  return {
    async [Symbol.asyncDispose]() {
      const ended = once(holder, 'exit')
      holder.kill('SIGKILL')
      await ended
    },
  }
}
