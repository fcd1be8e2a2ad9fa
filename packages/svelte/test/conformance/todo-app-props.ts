import type { QueryProps, TodoResult } from '@datasync/conformance'

export interface TodoAppProps {
  readonly asked: QueryProps
  readonly rendered?: ((asked: QueryProps, result: TodoResult) => void) | undefined
}
