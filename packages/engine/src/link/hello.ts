import { PROTOCOL_VERSION, type WorkerMessage } from './protocol.ts'

/** The first message of an engine, which says nothing but that it is there, however long the opening then takes. */
export const HELLO: WorkerMessage = {
  version: PROTOCOL_VERSION,
  commit: 0,
  updates: [],
  changes: undefined,
  replies: [],
  storage: undefined,
  remember: [],
}
