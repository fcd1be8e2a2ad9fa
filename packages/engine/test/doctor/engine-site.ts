import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { onTestFinished } from 'vitest'

const DIST = join(import.meta.dirname, '../../dist')
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '': 'text/html',
}

/** How a path is answered, other than as it should be. `'never'`: it is asked for, and nothing comes. */
export type Answer =
  | 'never'
  | {
      readonly status?: number
      readonly headers?: OutgoingHttpHeaders
      readonly body?: string | Buffer
    }

export interface SiteOptions {
  /** By path; `/` is the page. Where a body is not given, it is the right one. */
  readonly answers?: Readonly<Record<string, Answer>>
  /** Is told of every file that is asked for. */
  readonly asked?: (path: string) => void
}

/** A copy of the engine is beside it, as if an app had installed two. */
const PAGE = `<!doctype html><title>DataSync</title><link rel="icon" href="data:,"><script type="module">
  import { createDatabase } from '/index.js'
  globalThis.createDatabase = createDatabase
  globalThis.importCopy = () => import('/copy/index.js')
</script>`

/** The engine as it is published, served as badly as is asked for. Gives the port. */
export async function serveSite({ answers = {}, asked }: SiteOptions = {}): Promise<number> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    asked?.(path)
    void respond(path, answers[path] ?? {}, response)
  })
  server.listen(0)
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

async function respond(path: string, answer: Answer, response: ServerResponse): Promise<void> {
  if (answer === 'never') return
  const type = TYPES[extname(path)]
  try {
    const body =
      answer.body ?? (path === '/' ? PAGE : await readFile(join(DIST, path.replace('/copy/', '/'))))
    const headers = { 'Content-Type': type, 'Access-Control-Allow-Origin': '*', ...answer.headers }
    response.writeHead(answer.status ?? 200, headers).end(body)
  } catch {
    response.writeHead(404).end()
  }
}
