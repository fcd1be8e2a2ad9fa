import type { OldFile, OldFiles } from './old-database.ts'
import type { OldImportOptions } from './old-import-options.ts'

/** The files of an old database as streams, read one after another, with an account of how much was read. */
export class ImportStreams {
  readonly main: ReadableStream<Uint8Array>
  readonly journal: ReadableStream<Uint8Array> | undefined
  readonly wal: ReadableStream<Uint8Array> | undefined
  readonly totalBytes: number
  readonly #options: OldImportOptions
  readonly #assertSame: () => Promise<void>
  #bytes = 0

  /** `assertSame` is called at the end of each file, and fails where it is not what was begun to be read. */
  constructor(files: OldFiles, options: OldImportOptions, assertSame: () => Promise<void>) {
    const { main, journal, wal } = files
    this.#options = options
    this.#assertSame = assertSame
    this.totalBytes = main.size + (journal?.size ?? 0) + (wal?.size ?? 0)
    this.main = this.#stream(main)
    this.journal = journal && this.#stream(journal)
    this.wal = wal && this.#stream(wal)
  }

  #stream(file: OldFile): ReadableStream<Uint8Array> {
    const pieces = file.read(this.#options.signal)[Symbol.asyncIterator]()
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = await pieces.next()
          if (done !== true) {
            controller.enqueue(value)
            this.#note(value.length)
            return
          }
          await this.#assertSame()
          controller.close()
        },
        cancel: async () => void (await pieces.return?.()),
      },
      // Nothing is read before it is asked for: another file may come first.
      { highWaterMark: 0 },
    )
  }

  #note(length: number): void {
    this.#bytes += length
    this.#options.onProgress?.({ bytes: this.#bytes, totalBytes: this.totalBytes })
  }
}
