import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import type { Step } from './read-steps.ts'

const SERVER = /^(npm start|npm run (dev|preview)|npx vite preview\b.*)$/
const ADDRESS = /http:\/\/localhost:\d+/

/** A program that serves the app, which goes on until it is ended. */
export interface Served {
  readonly command: string
  readonly address: string
}

/** Does what a tutorial says, in a folder. The packages are installed from archives, as long as they are not published. */
export class Reader {
  readonly #archives: ReadonlyMap<string, string>
  #folder: string
  #server: ChildProcess | undefined

  constructor(folder: string, archives: ReadonlyMap<string, string>) {
    this.#folder = folder
    this.#archives = archives
  }

  /** What is served by this step, if it is one that serves. */
  async follow(step: Step): Promise<Served | undefined> {
    if (step.kind === 'file') return this.#write(step.path, step.content)
    const [program, folder = ''] = step.command.split(' ')
    if (program === 'cd') this.#folder = join(this.#folder, folder)
    else if (SERVER.test(step.command)) return this.#serve(step.command)
    else await this.#run(step.command)
    return undefined
  }

  async leave(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server?.pid === undefined || server.exitCode !== null) return
    // What `npm` has started is in its group.
    process.kill(-server.pid)
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
  }

  #write(path: string, content: string): undefined {
    const file = join(this.#folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }

  async #run(command: string): Promise<void> {
    const child = this.#start(command)
    const said = listen(child)
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) throw new Error(`${command} ended with ${code}:\n${said()}`)
  }

  async #serve(command: string): Promise<Served> {
    await this.leave()
    // Another run may be under way, and a taken port is asked about.
    const port = `--port ${await freePort()}`
    const server = this.#start(command.startsWith('npx') ? `${command} ${port}` : `${command} -- ${port}`)
    this.#server = server
    const said = listen(server)
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const [address] = ADDRESS.exec(said()) ?? []
        if (address !== undefined) resolve({ command, address })
      }
      server.stdout?.on('data', look)
      server.once('close', () => reject(new Error(`${command} has ended:\n${said()}`)))
    })
  }

  #start(command: string): ChildProcess {
    return spawn(this.#installable(command), {
      cwd: this.#folder,
      shell: true,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', NG_CLI_ANALYTICS: 'false' },
    })
  }

  #installable(command: string): string {
    if (!command.startsWith('npm install ')) return command
    return command
      .split(' ')
      .map((word) => this.#archives.get(word) ?? word)
      .join(' ')
  }
}

function listen({ stdout, stderr }: ChildProcess): () => string {
  let said = ''
  for (const stream of [stdout, stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text))
  return () => said
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
