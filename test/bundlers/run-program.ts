import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const ROOT = join(import.meta.dirname, '../..')

/** Neither asks about statistics, nor sends any. */
export const ENVIRONMENT = {
  CI: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
}

interface RunOptions {
  readonly folder: string
}

/**
 * Runs a program to its end.
 *
 * @throws Error with all that it said, if it fails.
 */
export async function runProgram(
  program: string,
  parameters: readonly string[],
  { folder }: RunOptions,
): Promise<string> {
  try {
    const options = { cwd: folder, env: { ...process.env, ...ENVIRONMENT }, maxBuffer: 64 * 1024 * 1024 }
    const { stdout, stderr } = await promisify(execFile)(program, parameters, options)
    return stdout + stderr
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string }
    throw new Error(`${program} ${parameters.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
  }
}
