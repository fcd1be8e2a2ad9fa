import type { Todo } from '@datasync/conformance'
import { Suspense, type ReactNode } from 'react'
import { useSuspenseQuery } from '../../src/index.ts'

export interface SuspensePageProps {
  readonly statement: string
  readonly persist?: boolean
}

/** Shows `waiting` until there are todos, and in front of their titles whether they are stale. */
export function SuspensePage({ statement, persist = false }: SuspensePageProps): ReactNode {
  return (
    <Suspense fallback={<p>waiting</p>}>
      <Todos statement={statement} persist={persist} />
    </Suspense>
  )
}

function Todos({ statement, persist }: Required<SuspensePageProps>): ReactNode {
  const { data, isStale } = useSuspenseQuery<Todo>(statement, [], { persist })
  return <output>{[isStale ? 'stale:' : 'live:', ...data.map(({ title }) => title)].join(' ')}</output>
}
