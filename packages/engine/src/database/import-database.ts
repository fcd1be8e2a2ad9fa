import type { EngineLink } from '../link/engine-link.ts'
import type { FileBeside } from '../link/import-protocol.ts'
import { DataSyncError } from '../errors.ts'
import { unlessAborted } from '../link/abort.ts'
import { valueOf } from '../link/value-of.ts'

/** What a database can be imported from. */
export type ImportSource = Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>

export interface ImportOptions {
  /** The rollback journal that was found beside the file: what it says was never finished is undone. */
  readonly journal?: ImportSource | undefined
  /** The write-ahead log that was found beside the file: the commits in it count. */
  readonly wal?: ImportSource | undefined
  /**
   * A script that is run on the content before it takes its place, all of it in one transaction. It may set
   * `user_version`, so that migrations go on from where the content is.
   */
  readonly prepare?: string | undefined
  /** Whether the rows of each table are counted, for `rows` of the report. */
  readonly countRows?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** What was imported. */
export interface ImportReport {
  /** How many rows each table has, by name, if `countRows` was asked. Virtual tables are left out. */
  readonly rows: ReadonlyMap<string, number> | undefined
}

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
  { journal, wal, prepare, countRows, signal }: ImportOptions = {},
): Promise<ImportReport> {
  const files = [
    [undefined, source],
    ['journal', journal],
    ['wal', wal],
  ] as const
  const parts = files.flatMap(([beside, from]) =>
    from === undefined && beside !== undefined ? [] : [{ beside, bytes: readBytes(from, signal) }],
  )
  valueOf(await link.request('importOpen', null, { signal }))
  const { life } = link
  try {
    for (const { beside, bytes } of parts) {
      for await (const piece of bytes) await sendPiece(link, life, piece, { beside, signal })
    }
    const { rows } = valueOf(await link.takeOver(life, { prepare, countRows }, signal))
    return { rows: rows && new Map(rows) }
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
  { beside, signal }: { readonly beside: FileBeside | undefined; readonly signal: AbortSignal | undefined },
): Promise<void> {
  for (let start = 0; start < piece.length; start += CHUNK) {
    // A copy, since the piece may be a view of more, and what is sent is gone from this side.
    const chunk = new Uint8Array(piece.subarray(start, start + CHUNK))
    valueOf(
      await link.request('importChunk', { bytes: chunk, beside }, { life, signal, transfer: [chunk.buffer] }),
    )
  }
}

function readBytes(
  source: ImportSource | undefined,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
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
