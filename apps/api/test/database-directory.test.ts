import { cpSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { lockDirectory } from '../src/database/lock-directory.ts'
import { openDatabase } from '../src/database/open-database.ts'
import { bundleScript, startChild } from './_child.ts'

let script: string
beforeAll(async () => {
  script = await bundleScript('test/_child-database.ts')
})

let home: string
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'kinpass-directory-'))
})
afterEach(() => rm(home, { recursive: true }))

test('a directory that another process has open is refused with its path and a fix', async () => {
  const directory = path.join(home, 'database')
  cpSync(inject('pgliteTemplate'), directory, { recursive: true })
  await using _child = await openInChild(directory)
  const second = openDatabase(`pglite:${directory}`)
  await expect(second).rejects.toMatchObject({ code: 'DATABASE_IN_USE', directory })
  await expect(second).rejects.toThrow(
    `another process has the database in ${directory} open: stop it, or set DATABASE_URL`,
  )
})

test('a killed process releases the directory, and its rows are there', async () => {
  const directory = path.join(home, 'database')
  cpSync(inject('pgliteTemplate'), directory, { recursive: true })
  const child = await openInChild(directory)
  await child[Symbol.asyncDispose]()
  expect(await readdir(home)).toContain('database.lock')
  await using db = await openDatabase(`pglite:${directory}`)
  expect(await db.prisma.familyMember.count()).toBe(1)
})

test('an interrupted first start does not prevent the next', async () => {
  const leftover = path.join(home, 'database.unfinished-1')
  await mkdir(leftover)
  await writeFile(path.join(leftover, 'PG_VERSION'), '18')
  {
    await using db = await openDatabase(`pglite:${home}/database`)
    expect((await db.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  }
  expect(await readdir(home)).toEqual(['database'])
})

test('a directory has one lock, also through a symbolic link', async () => {
  await symlink(home, `${home}-link`)
  await using _lock = await lockDirectory(path.join(home, 'database'))
  await expect(lockDirectory(path.join(`${home}-link`, 'database'))).rejects.toThrow('another process')
  await rm(`${home}-link`)
})

test('a directory can be locked again after the lock is released', async () => {
  const directory = path.join(home, 'database')
  await (await lockDirectory(directory))[Symbol.asyncDispose]()
  await using _lock = await lockDirectory(directory)
})

test('a directory whose path is too long for a socket is locked as well', async () => {
  const directory = path.join(home, 'deep'.repeat(30), 'database')
  await mkdir(path.dirname(directory))
  await using _lock = await lockDirectory(directory)
  await expect(lockDirectory(directory)).rejects.toThrow('another process')
  expect(await readdir(path.dirname(directory))).toEqual([])
})

test('a foreign file at the path of the lock is left unchanged', async () => {
  const file = path.join(home, 'database.lock')
  await writeFile(file, 'precious')
  await expect(lockDirectory(path.join(home, 'database'))).rejects.toMatchObject({ code: 'EADDRINUSE' })
  expect(await readFile(file, 'utf8')).toBe('precious')
})

/** Starts a process that has the database open. Disposing of it kills it with SIGKILL. */
async function openInChild(directory: string): Promise<AsyncDisposable> {
  const child = startChild(script, { args: [`pglite:${directory}`] })
  await child.waitForLine((line) => (line === 'open' ? true : undefined))
  return child
}
