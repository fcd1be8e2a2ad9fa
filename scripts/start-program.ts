import { spawn, type StdioOptions } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { Readable } from 'node:stream'

export interface Program {
  readonly path: string
  readonly parameters: readonly string[]
  readonly environment?: NodeJS.ProcessEnv
  readonly folder?: string
  /** A file that gets what it says. */
  readonly log?: string
}

export interface StartedProgram {
  /** `undefined` if it could not be started. */
  readonly pid: number | undefined
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>
  /** What it writes to its file descriptor 3. */
  readonly output: Readable
  readonly stop: () => void
}

const running = new Set<number>()

/** Starts a program, to be ended together with all that it starts in turn. */
export function startProgram(program: Program): StartedProgram {
  const { path, parameters, environment = {}, folder: cwd, log } = program
  const said = log === undefined ? 'ignore' : openSync(log, 'a')
  const stdio: StdioOptions = ['ignore', said, said, 'pipe']
  // A process group of its own, which can be ended as one. Ctrl-C does not reach it, so that `exit` has to.
  const env = { ...process.env, ...environment }
  const child = spawn(path, parameters, { detached: true, stdio, env, ...(cwd !== undefined && { cwd }) })
  // The program has it now.
  if (typeof said === 'number') closeSync(said)
  const { pid } = child
  if (pid !== undefined && running.size === 0) process.on('exit', stopAll)
  if (pid !== undefined) running.add(pid)

  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      if (pid !== undefined) running.delete(pid)
      if (running.size === 0) process.off('exit', stopAll)
      resolve()
    }
    child.once('exit', end)
    // It could not be started at all.
    child.once('error', end)
  })
  return {
    pid,
    ended,
    output: child.stdio[3] as Readable,
    stop: () => {
      if (pid !== undefined && running.has(pid)) stopGroup(pid)
    },
  }
}

function stopAll(): void {
  for (const pid of running) stopGroup(pid)
}

/** At once: there is nothing to keep, and a browser that is asked to end may ask back. */
function stopGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}
