import { Session } from 'node:inspector/promises'
import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { playSteps } from '../support/random/play-steps.ts'
test('measure', { timeout: 1e7 }, async () => {
  const session = new Session(); session.connect()
  const prof = process.env['PROF']
  if (prof) { await session.post('Profiler.enable'); await session.post('Profiler.start') }
  try {
  console.log(await playSteps(Number(process.env['SEED'] ?? 1), ({ seconds }) => seconds > Number(process.env['SECS'] ?? 30)))
  } finally {
  if (prof) { const { profile } = await session.post('Profiler.stop')
  writeFileSync('/tmp/proof-prof/p.cpuprofile', JSON.stringify(profile)) }
  }
})
