import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateSample } from './generate-sample.ts'

const folder = join(import.meta.dirname, '../sample')
mkdirSync(folder, { recursive: true })
for (const [name, text] of generateSample()) writeFileSync(join(folder, name), text)
