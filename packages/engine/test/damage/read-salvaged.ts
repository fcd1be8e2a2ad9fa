import type { EngineClient } from '../support/engine-client.ts'

/** The bytes of the file that `salvage` has made. */
export async function readSalvaged(client: EngineClient): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for (let isDone = false; !isDone;) {
    const { bytes, done } = await client.request('salvageNext', null)
    chunks.push(bytes)
    isDone = done
  }
  await client.request('salvageEnd', null)
  return Buffer.concat(chunks)
}
