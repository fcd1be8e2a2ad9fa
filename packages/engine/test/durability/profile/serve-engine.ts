import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

const DIST = join(import.meta.dirname, '../../../dist')
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
}
const PAGE = `<!doctype html><title>DataSync</title><script type="module">
  import { createDatabase } from '/index.js'
  globalThis.createDatabase = createDatabase
</script>`

export interface EngineSite {
  /** The address of a page that has `createDatabase` as a global. It is isolated, so that each bridge works. */
  readonly url: string
  readonly port: number
  close(): void
}

/** The engine as it is published, served to whatever browser comes. */
export async function serveEngine(): Promise<EngineSite> {
  const server = createServer((request, response) => void answer(request.url ?? '/', response))
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/`,
    port,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function answer(path: string, response: ServerResponse): Promise<void> {
  const headers = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Content-Type': TYPES[extname(path)] ?? 'text/html',
  }
  try {
    const content = path === '/' ? PAGE : await readFile(join(DIST, path))
    response.writeHead(200, headers).end(content)
  } catch {
    response.writeHead(404).end()
  }
}
