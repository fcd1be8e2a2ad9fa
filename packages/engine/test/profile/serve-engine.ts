import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { stripTypeScriptTypes } from 'node:module'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

const DIST = join(import.meta.dirname, '../../dist')
const TEST = join(import.meta.dirname, '..')
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.ts': 'text/javascript',
  '.wasm': 'application/wasm',
}

export interface EngineSite {
  /** The address of a page that has `createDatabase` as a global. It is isolated, so that each bridge works. */
  readonly url: string
  readonly port: number
  close(): void
}

/**
 * The engine as it is published, served to whatever browser comes.
 *
 * @param program what its page runs further: a module below the folder of the tests
 */
export async function serveEngine(program?: string): Promise<EngineSite> {
  const page = pageWith(program)
  const server = createServer((request, response) => void answer(request.url ?? '/', page, response))
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

function pageWith(program: string | undefined): string {
  return `<!doctype html><title>DataSync</title><script type="module">
  import { createDatabase } from '/index.js'
  ${program === undefined ? '' : `await import('/${program}')`}
  globalThis.createDatabase = createDatabase
</script>`
}

async function answer(path: string, page: string, response: ServerResponse): Promise<void> {
  const headers = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Content-Type': TYPES[extname(path)] ?? 'text/html',
  }
  try {
    const content = path === '/' ? page : await readServed(path)
    response.writeHead(200, headers).end(content)
  } catch {
    response.writeHead(404).end()
  }
}

async function readServed(path: string): Promise<string | Buffer> {
  if (extname(path) !== '.ts') return readFile(join(DIST, path))
  return stripTypeScriptTypes(await readFile(join(TEST, path), 'utf8'))
}
