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
  const { error } = useDatabaseStatus()
  return error === undefined ? <Explorer /> : <OpeningFailed error={error} />
}
