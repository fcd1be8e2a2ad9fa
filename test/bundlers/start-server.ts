import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../scripts/free-port.ts'
import { startProgram } from '../../scripts/start-program.ts'
import { temporaryFolder } from '../../scripts/temporary-folder.ts'
import { ENVIRONMENT } from './run-program.ts'

export interface Server extends AsyncDisposable {
  readonly url: string
}

const DEADLINE_MS = 120_000
const POLL_MS = 100

/** Runs a script of a project that serves it, until it is disposed of. Resolves once the server answers. */
export async function startServer(folder: string, script: string): Promise<Server> {
  const port = String(await freePort())
  const url = `http://localhost:${port}/`
  const log = join(temporaryFolder('server'), 'log')
  const program = startProgram({
    path: 'pnpm',
    parameters: ['run', script, '--port', port],
    environment: { ...ENVIRONMENT, PORT: port },
    folder,
    log,
  })
  const stop = async () => {
    program.stop()
    await program.ended
  }
  const isOver = program.ended.then(() => true)
  const deadline = performance.now() + DEADLINE_MS
  while (!(await answers(url))) {
    const hasEnded = await Promise.race([isOver, delay(POLL_MS, false)])
    if (!hasEnded && performance.now() < deadline) continue
    await stop()
    throw new Error(`\`pnpm run ${script}\` does not serve ${folder}:\n${readFileSync(log, 'utf8')}`)
  }
  return { url, [Symbol.asyncDispose]: stop }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
