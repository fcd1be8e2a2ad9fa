import type { Connection } from './connection.ts'
import { startQuietTimer } from '../quiet-timer.ts'
import { closedAnswer } from './pending-request.ts'

/** Milliseconds that an engine may take to finish what it was asked before it was closed. */
const FAREWELL = 10_000

/** Lets an engine finish what it was asked, and give back its files, before it is ended. */
export async function retire(connection: Connection): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = startQuietTimer(resolve, FAREWELL)
    void connection.request('close', null).then(() => {
      stop()
      resolve()
    })
  })
  connection.end(closedAnswer())
}

/** Leaves an engine to which nothing is owed, and which may be gone. */
export function dismiss(connection: Connection): void {
  void connection.request('close', null, { isUrgent: true })
  connection.end(closedAnswer())
}
