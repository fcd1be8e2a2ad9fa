import type { TodoResult } from '@datasync/conformance'
import { SHOWN_PENDING, shownError, shownRows } from '@datasync/conformance/view'
import type { ReactNode } from 'react'

/** What a component shows of a result. */
export function TodoList({ result }: { readonly result: TodoResult }): ReactNode {
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
