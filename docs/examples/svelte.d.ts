// What the examples for Svelte take as given beside that.
import type { Component } from 'svelte'
import type { Database } from '@datasync/engine'

declare global {
  const TodoList: Component<{ list: number }>
  const TodoListTest: Component<{ database: Database }>
}
