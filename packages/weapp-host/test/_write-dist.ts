import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/** Creates a temporary folder with these files, by path. Disposing of it deletes the folder. */
export async function writeDist(files: Readonly<Record<string, string | Buffer | object>>) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'weapp-'))
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    const isText = typeof content === 'string' || Buffer.isBuffer(content)
    await writeFile(file, isText ? content : JSON.stringify(content))
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

/** The files of a valid mini-program with one page. */
export const onePage = {
  'app.json': { pages: ['pages/home/index'] },
  'app.js': 'App({})',
  'pages/home/index.json': {},
  'pages/home/index.js': "Page({ data: { word: 'hello' } })",
  'pages/home/index.wxml': '<text>{{word}}</text>',
}
