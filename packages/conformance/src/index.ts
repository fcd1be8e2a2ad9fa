export type {
  Driver,
  MountedPages,
  MountedQuery,
  MountedWriter,
  PagesProps,
  PagesResult,
  QueryProps,
  Rendering,
  RenderOnServer,
  TodoResult,
} from './driver.ts'
export { expectSilentConsole } from './expect-silent-console.ts'
export { playExamples, type ExampleFiles } from './play-examples.ts'
export { playScenarios } from './suite.ts'
export {
  createTodos,
  liveParameters,
  openTodos,
  SCHEMA,
  titles,
  TODOS,
  TODOS_OF_LIST,
  totalRuns,
} from './todos.ts'
export type { Todo } from './todos.ts'
