import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromiumMend, findChromium } from '../browser/find-chromium.ts'
import { openChromium } from '../browser/open-chromium.ts'
import { processEnvironment } from '../env.ts'
import { startWorld } from '../world/world.ts'
import { contactSheet } from './contact-sheet.ts'
import { openStage } from './device.ts'
import { walks } from './flows.ts'
import { everyLook, fileName } from './variants.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const everything = path.join(root, '.kinpass/screenshots')
const forReaders = path.join(root, 'docs/screenshots')

/** What the README shows. */
const chosen = [
  'home-zh-light-375.png',
  'popup-zh-light-375.png',
  'wechat-sheet-zh-light-375.png',
  'welcome-zh-light-375.png',
  'me-zh-dark-375.png',
]

/** Pictures of every scene in every look, or in those whose names contain all of `wanted`, such as `zh` and `375`. */
async function takeScreenshots(wanted: readonly string[]): Promise<readonly string[]> {
  const executable = findChromium(processEnvironment())
  if (executable === undefined) throw new Error(`There is no Chromium: ${chromiumMend}.`)
  const looks = everyLook.filter((look) => wanted.every((word) => fileName('', look).includes(word)))
  await using browser = await openChromium(executable)
  // Chance gives every person the same name.
  await using world = await startWorld({
    h5: path.join(root, 'apps/miniapp/dist/h5'),
    seams: { random: () => 0.35 },
  })
  const taken: string[] = []
  for (const look of looks) {
    for (const walk of walks) {
      const person = world.wechat.addPerson({ name: `alice ${taken.length}`, phones: ['+8613800008915'] })
      await using stage = await openStage(world, browser, look, person.name)
      await walk(stage, async (scene) => {
        const name = fileName(scene, look)
        await stage.page.screenshot({ path: path.join(everything, name), animations: 'disabled' })
        taken.push(name)
      })
    }
    console.log(`  ✓ ${fileName('…', look)}`)
  }
  return taken
}

try {
  await rm(everything, { recursive: true, force: true })
  await mkdir(everything, { recursive: true })
  await mkdir(forReaders, { recursive: true })
  const taken = await takeScreenshots(process.argv.slice(2))
  for (const name of chosen.filter((one) => taken.includes(one))) {
    await copyFile(path.join(everything, name), path.join(forReaders, name))
  }
  const sheet = path.join(everything, 'index.html')
  await writeFile(sheet, contactSheet(taken))
  console.log(`\n${taken.length} pictures; all of them on one page: ${sheet}`)
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
