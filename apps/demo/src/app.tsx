import type { ReactNode } from 'react'
import { DatabaseProvider, useDatabaseStatus } from '@datasync/react'
import { database } from './data/database.ts'
import { Explorer } from './explore/explorer.tsx'
import { OpeningFailed } from './shell/opening-failed.tsx'

export function App(): ReactNode {
  return (
    <DatabaseProvider database={database}>
      <Page />
    </DatabaseProvider>
  )
}

function Page(): ReactNode {
  const { error, storage } = useDatabaseStatus()
  // A tab that a newer version has replaced keeps what it shows, and perhaps a note that is half written.
  const isReplaced = error?.code === 'outdated' && storage !== undefined
  return error === undefined || isReplaced ? <Explorer /> : <OpeningFailed error={error} />
}
