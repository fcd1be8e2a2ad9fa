export { createTodos, openTodos, titles, TODOS, TODOS_OF_LIST, type Todo } from '@datasync/conformance'
