import { PGlite } from '@electric-sql/pglite'
import { worker } from '@electric-sql/pglite/worker'

/** Told to the page whose worker was elected, once it has the database open. */
export interface LeadershipMessage {
  readonly type: 'leads'
}

void worker({
  async init({ dataDir }) {
    const database = await PGlite.create(dataDir)
    const message: LeadershipMessage = { type: 'leads' }
    self.postMessage(message)
    return database
  },
})
