/** How much is read at once, in bytes. */
const PIECE = 1024 * 1024

/** The bytes of a blob, of which no more is in memory than a piece. */
export async function* blobPieces(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < blob.size; start += PIECE) {
    yield new Uint8Array(await blob.slice(start, start + PIECE).arrayBuffer())
  }
}
