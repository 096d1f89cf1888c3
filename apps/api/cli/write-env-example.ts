import { writeFile } from 'node:fs/promises'
import { renderEnvExample } from '../src/config/describe.ts'

await writeFile(new URL('../../../.env.example', import.meta.url), renderEnvExample())
