import { spawnSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { MUTATIONS } from '../packages/engine/test/mutations/mutations.ts'

/** Breaks one rule after the other, and fails unless the tests notice each. */
if (isNoticed('none')) throw new Error('The tests fail although nothing is broken.')
const unnoticed = MUTATIONS.filter(({ rule }, index) => {
  const noticed = isNoticed(String(index))
  console.log(`${noticed ? 'noticed  ' : 'UNNOTICED'} ${rule}`)
  return !noticed
})
if (unnoticed.length > 0) {
  console.log(`${unnoticed.length} of ${MUTATIONS.length} broken rules are not noticed.`)
  process.exitCode = 1
}

function isNoticed(mutation: string): boolean {
  const { stdout, stderr } = spawnSync('vitest', ['run', '--config', 'vitest.mutations.config.ts'], {
    env: { ...process.env, MUTATION: mutation },
    encoding: 'utf8',
  })
  const [, failed, passed] =
    /Tests +(?:(\d+) failed)?[ |]*(?:(\d+) passed)?/.exec(stripVTControlCharacters(stdout)) ?? []
  if (failed === undefined && passed === undefined) throw new Error(`The tests did not run: ${stderr}`)
  return failed !== undefined
}
