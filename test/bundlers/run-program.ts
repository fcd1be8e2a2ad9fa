import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export const ROOT = join(import.meta.dirname, '../..')

/** Neither asks about statistics, nor sends any. */
export const ENVIRONMENT = {
  CI: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
}

const DEADLINE_MS = 180_000

interface RunOptions {
  readonly folder: string
}

/**
 * Runs a program to its end, and ends it with all that it started where that does not come.
 *
 * @throws Error with all that it said, if it fails or has not ended after three minutes.
 */
export async function runProgram(
  program: string,
  parameters: readonly string[],
  { folder }: RunOptions,
): Promise<void> {
  // A process group of its own, which can be ended as one.
  const child = spawn(program, parameters, {
    cwd: folder,
    env: { ...process.env, ...ENVIRONMENT },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  const deadline = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, DEADLINE_MS)
  try {
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code === 0) return
    const reason = code === null ? 'was ended' : `failed with ${code}`
    throw new Error(`${program} ${parameters.join(' ')} ${reason}:\n${(await said).join('')}`)
  } finally {
    clearTimeout(deadline)
  }
}
