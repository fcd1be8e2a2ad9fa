'use client'

import { useMutation, useQuery } from '@datasync/react'
import { TODOS, type Todo } from './todos'

export function TodoList() {
  const { data: todos = [], isStale } = useQuery<Todo>(TODOS)
  const add = useMutation('insert into todo (title) values (?)')
  return (
    <>
      <button onClick={() => add.mutate(['salt'])}>Add salt</button>
      <ul aria-busy={isStale}>
        {todos.map((todo) => (
          <li key={todo.id}>{todo.title}</li>
        ))}
      </ul>
    </>
  )
}
