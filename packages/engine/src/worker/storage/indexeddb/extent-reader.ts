import type { ReaderSetup, ReadRequest } from './reader-protocol.ts'
import { toErrorRecord } from '../../../link/error-record.ts'
import { connect } from './connect.ts'
import { readExtents } from './read-extents.ts'
import { Reconnection } from './reconnection.ts'
import { SharedAnswerBuffer } from './shared-answer.ts'

/** Reads extents for the engine's worker, which stands still meanwhile: the whole work of the second worker. */
export function readForEngine(setup: ReaderSetup): (request: ReadRequest) => Promise<void> {
  const answers = new SharedAnswerBuffer(setup.answers)
  // The engine has opened the database before it asks for anything in it.
  const connection = new Reconnection(() => connect(setup.name, true))

  return async ({ id, extents }) => {
    try {
      const found = await connection.use((database) => readExtents(database, extents))
      answers.answer(id, extents, found)
    } catch (error) {
      answers.fail(id, JSON.stringify(toErrorRecord(error)))
    }
  }
}
