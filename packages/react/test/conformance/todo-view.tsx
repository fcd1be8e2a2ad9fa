import type { QueryProps, TodoResult } from '@datasync/conformance'
import { useEffect, type ReactNode } from 'react'
import { useQuery } from '../../src/index.ts'
import { TodoList } from './todo-list.tsx'

export interface TodoViewProps extends QueryProps {
  readonly rendered?: (props: QueryProps, result: TodoResult) => void
}

export function TodoView({ rendered, ...props }: TodoViewProps): ReactNode {
  const result = useQuery(props.statement, props.parameters, props.options)
  // Of what React rendered, only what it committed.
  useEffect(() => rendered?.(props, result))
  return <TodoList result={result} />
}
