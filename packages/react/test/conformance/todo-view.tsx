import type { QueryProps, TodoResult } from '@datasync/conformance'
import { SHOWN_PENDING, shownError, shownRows } from '@datasync/conformance/view'
import { useEffect, type ReactNode } from 'react'
import { useQuery } from '../../src/index.ts'

export interface TodoViewProps extends QueryProps {
  readonly rendered?: (props: QueryProps, result: TodoResult) => void
}

export function TodoView({ rendered, ...props }: TodoViewProps): ReactNode {
  const result = useQuery(props.statement, props.parameters, props.options)
  // Of what React rendered, only what it committed.
  useEffect(() => rendered?.(props, result))
  return (
    <>
      {result.isPending ? (
        <p>{SHOWN_PENDING}</p>
      ) : (
        <ul>
          {shownRows(result.data).map((todo) => (
            <li key={todo.id}>{todo.title}</li>
          ))}
        </ul>
      )}
      {result.error && <p>{shownError(result.error)}</p>}
    </>
  )
}
