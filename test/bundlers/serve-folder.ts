import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import sirv from 'sirv'
import type { Server } from './start-server.ts'

/** Serves files, with the given headers on each of them, until it is disposed of. */
export async function serveFolder(
  folder: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const answer = sirv(folder, {
    setHeaders: (response) => response.setHeaders(new Map(Object.entries(headers))),
  })
  const server = createServer((request, response) => {
    answer(request, response, () => void response.writeHead(404).end())
  }).listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
