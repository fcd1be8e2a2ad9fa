import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BuiltFile, BuiltFiles } from './built-files.ts'
import { SlowLink } from './slow-link.ts'

export interface SlowServer extends AsyncDisposable {
  readonly url: string
  /** What was asked for since it was started. */
  readonly sent: readonly BuiltFile[]
}

/** Serves an app as a page of its own origin that may share memory, compressed, and over a slow link. */
export async function startSlowServer(files: BuiltFiles): Promise<SlowServer> {
  const link = new SlowLink()
  const sent: BuiltFile[] = []
  const server = createServer((request, response) => {
    const file = files.get((request.url ?? '/').split('?')[0] ?? '/')
    if (file === undefined) {
      response.writeHead(404).end()
      return
    }
    sent.push(file)
    response.writeHead(200, {
      'content-type': file.type,
      'content-encoding': 'br',
      'content-length': file.bytes.length,
      'cache-control': file.kind === 'html' ? 'no-cache' : 'max-age=31536000, immutable',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    })
    // A page that is left no longer waits for what it asked for.
    pipeline(Readable.from(link.send(file.bytes)), response).catch(() => undefined)
  }).listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/`,
    sent,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
