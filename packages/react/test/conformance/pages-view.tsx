import type { PagesProps, PagesResult } from '@datasync/conformance'
import { useEffect, type ReactNode } from 'react'
import { useInfiniteQuery } from '../../src/index.ts'
import { TodoList } from './todo-list.tsx'

export interface PagesViewProps extends PagesProps {
  readonly rendered: (result: PagesResult) => void
}

export function PagesView({ statement, parameters, options, rendered }: PagesViewProps): ReactNode {
  const result = useInfiniteQuery(statement, parameters, options)
  // Of what React rendered, only what it committed.
  useEffect(() => rendered(result))
  return <TodoList result={result} />
}
