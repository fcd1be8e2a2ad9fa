import { spawnSync } from 'node:child_process'

/** Says what is run, runs it to its end, and tells whether it succeeded. */
export function runAloud(
  program: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): boolean {
  say(`${program} ${parameters.join(' ')}`)
  // Standard output belongs to the path alone, for scripts that capture it.
  const { status } = spawnSync(program, parameters, {
    stdio: ['inherit', process.stderr, process.stderr],
    timeout: 10 * 60_000,
    env: { ...process.env, ...environment },
  })
  return status === 0
}

export function say(text: string): void {
  process.stderr.write(`find-browser: ${text}\n`)
}
