import type { EngineLink } from '../link/engine-link.ts'
import { DataSyncError } from '../errors.ts'
import { unlessAborted } from '../link/abort.ts'
import { valueOf } from '../link/value-of.ts'

/** What a database can be imported from. */
export type ImportSource = Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>

/** The largest piece that is sent at once, in bytes. */
const CHUNK = 1024 * 1024

/**
 * Sends the bytes piece by piece, each when the one before has arrived, and has them take the place
 * of the whole content. Where that fails, the source does or the signal is aborted, the content stays as
 * it was.
 */
export async function importDatabase(
  link: EngineLink,
  source: ImportSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  const bytes = readBytes(source, signal)
  valueOf(await link.request('importOpen', null, { signal }))
  const { life } = link
  try {
    for await (const piece of bytes) await sendPiece(link, life, piece, signal)
    valueOf(await link.takeOver(life, signal))
  } catch (error) {
    // What has arrived takes room, perhaps the last there is.
    await link.request('importCancel', null, { life })
    throw error
  }
}

async function sendPiece(
  link: EngineLink,
  life: number,
  piece: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let start = 0; start < piece.length; start += CHUNK) {
    // A copy, since the piece may be a view of more, and what is sent is gone from this side.
    const chunk = new Uint8Array(piece.subarray(start, start + CHUNK))
    valueOf(await link.request('importChunk', { bytes: chunk }, { life, signal, transfer: [chunk.buffer] }))
  }
}

function readBytes(source: ImportSource, signal: AbortSignal | undefined): AsyncIterable<Uint8Array> {
  if (source instanceof Blob) return readStream(source.stream(), signal)
  if (source instanceof ReadableStream) return readStream(source, signal)
  if (source instanceof ArrayBuffer) return readOnce(new Uint8Array(source))
  if (source instanceof Uint8Array) return readOnce(source)
  throw new DataSyncError(
    'invalid-argument',
    'A database is imported from a Blob, an ArrayBuffer, a Uint8Array or a ReadableStream of bytes.',
  )
}

async function* readOnce(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Not every browser can iterate a stream itself. */
async function* readStream(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let isDone = false
  try {
    for (;;) {
      const { done, value } = await unlessAborted(reader.read(), signal)
      isDone = done
      if (done) return
      if (!(value instanceof Uint8Array)) {
        throw new DataSyncError(
          'invalid-argument',
          'The stream to import from gives something other than bytes.',
        )
      }
      yield value
    }
  } finally {
    // Whether the source ends well, or ever, has nothing to do with why it is left.
    if (!isDone) void reader.cancel(signal?.reason).catch(() => undefined)
    reader.releaseLock()
  }
}
