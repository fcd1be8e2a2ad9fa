import type { IoReply, IoRequest } from './io-protocol.ts'
import { DataSyncError } from '../../../errors.ts'
import { toErrorRecord } from '../../../link/error-record.ts'
import { loadChecksums } from './checksum.ts'
import { ExtentDatabase } from './extent-database.ts'
import { SharedAnswerBuffer } from './shared-answer.ts'

interface OpenSource {
  readonly source: ExtentDatabase
  readonly answers: SharedAnswerBuffer
}

/** Serves the extents of one database to the engine's worker, which stands still meanwhile. */
export function serveExtents(
  listen: (receive: (request: IoRequest) => void) => void,
  post: (reply: IoReply) => void,
): void {
  let opened: OpenSource | undefined

  listen(({ id, type, payload }) => {
    void (async () => {
      try {
        if (type === 'readNow') {
          await readNow(id, payload)
          return
        }
        post({ id, ok: true, value: await serve({ id, type, payload } as IoRequest) })
      } catch (error) {
        post({ id, ok: false, error: toErrorRecord(error) })
      }
    })()
  })

  async function readNow(id: number, extents: readonly number[]): Promise<void> {
    const { source, answers } = expectOpen()
    try {
      answers.answer(id, extents, await source.read(extents))
    } catch (error) {
      answers.fail(id, JSON.stringify(toErrorRecord(error)))
    }
  }

  async function serve({ type, payload }: IoRequest): Promise<(IoReply & { ok: true })['value']> {
    switch (type) {
      case 'open': {
        const source = new ExtentDatabase(payload.name, await loadChecksums(), payload.isExpected)
        opened = { source, answers: new SharedAnswerBuffer(payload.answers) }
        return source.open(payload.creation, () => false)
      }
      case 'read':
        return expectOpen().source.read(payload)
      case 'commit':
        await expectOpen().source.commit(payload)
        return null
      default:
        await expectOpen().source.close()
        opened = undefined
        return null
    }
  }

  function expectOpen(): OpenSource {
    if (opened === undefined) throw new DataSyncError('closed', 'The storage is not open.')
    return opened
  }
}
