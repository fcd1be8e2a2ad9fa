import { Activity, type ReactNode } from 'react'
import { TodoView, type TodoViewProps } from './todo-view.tsx'

export interface TodoAppProps extends TodoViewProps {
  readonly isVisible?: boolean
}

export function TodoApp({ isVisible = true, ...props }: TodoAppProps): ReactNode {
  return (
    <Activity mode={isVisible ? 'visible' : 'hidden'}>
      <TodoView {...props} />
    </Activity>
  )
}
