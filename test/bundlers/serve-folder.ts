import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import sirv from 'sirv'
import type { Server } from './start-server.ts'

/** Serves files, each with the policy that is chosen for its path, until it is disposed of. */
export async function serveFolder(folder: string, policyOf: (path: string) => string): Promise<Server> {
  const answer = sirv(folder, {
    setHeaders: (response, path) => response.setHeader('content-security-policy', policyOf(path)),
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
