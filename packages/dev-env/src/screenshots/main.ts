import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { CHROMIUM_HINT, findChromium } from '../browser/find-chromium.ts'
import { openChromium } from '../browser/open-chromium.ts'
import { processEnv } from '../env.ts'
import { startWorld } from '../world/world.ts'
import { contactSheet } from './contact-sheet.ts'
import { openScreenshotDevice } from './device.ts'
import { flows } from './flows.ts'
import { fileName, variants } from './variants.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const outputFolder = path.join(root, '.kinpass/screenshots')
const docsFolder = path.join(root, 'docs/screenshots')

/** Copied to docs/screenshots, for the README. */
const README_SCREENSHOTS = [
  'home-zh-light-375.png',
  'popup-zh-light-375.png',
  'wechat-sheet-zh-light-375.png',
  'welcome-zh-light-375.png',
  'me-zh-dark-375.png',
]

/** Takes screenshots of every scene and returns their file names. `filters` such as `zh` and `375` select variants. */
async function takeScreenshots(filters: readonly string[]): Promise<readonly string[]> {
  const executable = findChromium(processEnv())
  if (executable === undefined) throw new Error(`No Chromium was found: ${CHROMIUM_HINT}.`)
  const selected = variants.filter((variant) =>
    filters.every((filter) => fileName('', variant).includes(filter)),
  )
  await using browser = await openChromium(executable)
  await using world = await startWorld({
    h5: path.join(root, 'apps/miniapp/dist/h5'),
    // A constant gives every person the same nickname.
    overrides: { random: () => 0.35 },
  })
  const taken: string[] = []
  for (const variant of selected) {
    for (const flow of flows) {
      const person = world.wechat.addPerson({ name: `alice ${taken.length}`, phones: ['+8613800008915'] })
      await using device = await openScreenshotDevice(world, browser, { variant, personName: person.name })
      await flow(device, async (scene) => {
        const name = fileName(scene, variant)
        await device.page.screenshot({ path: path.join(outputFolder, name), animations: 'disabled' })
        taken.push(name)
      })
    }
    console.log(`  ✓ ${fileName('…', variant)}`)
  }
  return taken
}

try {
  await rm(outputFolder, { recursive: true, force: true })
  await mkdir(outputFolder, { recursive: true })
  await mkdir(docsFolder, { recursive: true })
  const taken = await takeScreenshots(process.argv.slice(2))
  for (const name of README_SCREENSHOTS.filter((one) => taken.includes(one))) {
    await copyFile(path.join(outputFolder, name), path.join(docsFolder, name))
  }
  const sheet = path.join(outputFolder, 'index.html')
  await writeFile(sheet, contactSheet(taken))
  console.log(`\n${taken.length} screenshots; all on one page: ${sheet}`)
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
