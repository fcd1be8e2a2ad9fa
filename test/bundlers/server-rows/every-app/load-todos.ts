import type { Todo } from './todos'

let requests = 0

/** Stands in for whatever database a server has. */
export async function loadTodos(): Promise<readonly Todo[]> {
  requests += 1
  return [{ id: 1, title: `milk for request ${requests}` }]
}
