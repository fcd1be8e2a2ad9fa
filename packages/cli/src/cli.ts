#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { printJson, printText } from './print-result.ts'
import { runDoctor } from './run-doctor.ts'

const USAGE = `npx @datasync/cli doctor [--json] [--fix]

  Finds what keeps DataSync from working in the project of this folder.

  --json  print the findings for a program
  --fix   write what is missing, where that is safe

The exit code is 0 if nothing is wrong, 1 if something is, and 2 if that could not be found out.
`

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}

async function run(parameters: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, fix: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) {
    process.stdout.write(USAGE)
    return 0
  }
  if (positionals.length !== 1 || positionals[0] !== 'doctor') throw new Error(USAGE)
  const result = await runDoctor({ folder: process.cwd(), fixes: values.fix === true })
  process.stdout.write(values.json === true ? printJson(result) : printText(result))
  return result.findings.some(({ severity }) => severity === 'error') ? 1 : 0
}
