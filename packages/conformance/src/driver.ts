import type {
  Database,
  DatabaseStatus,
  InfiniteQueryOptions,
  InfiniteQueryResult,
  MutationCalls,
  MutationFunction,
  MutationSnapshot,
  QueryOptions,
  QueryResult,
  QueryStatement,
  SqlParameters,
  StatementInput,
} from '@datasync/engine'
import type { DehydratedState } from '@datasync/engine/hydration'
import type { Todo } from './todos.ts'

/** What the component of a driver asks. Another object each time, as components write it inline. */
export interface QueryProps {
  readonly statement: QueryStatement<Todo>
  readonly parameters?: SqlParameters | undefined
  readonly options?: QueryOptions<Todo> | undefined
}

/** The result of a query, with the names and words that all frameworks have in common. */
export type TodoResult = QueryResult<readonly Todo[]>

/** What a component showed when its view was brought up to date, and what it asked then. */
export interface Rendering {
  readonly props: QueryProps
  readonly result: TodoResult
}

/** What the component of a driver asks by pages. */
export interface PagesProps {
  readonly statement: QueryStatement<Todo>
  readonly parameters?: SqlParameters | undefined
  readonly options: InfiniteQueryOptions<Todo>
}

/** The result of a query by pages, with the names and words that all frameworks have in common. */
export type PagesResult = InfiniteQueryResult<readonly Todo[]>

/** A component that asks one query by pages, with a view like that of `MountedQuery`. */
export interface MountedPages {
  readonly container: Element
  /** What the component has now, in plain values, however its framework holds them. */
  readonly current: () => PagesResult
  /** Gives the component other props, and resolves when the view shows it. */
  readonly setProps: (props: PagesProps) => Promise<void>
  readonly unmount: () => Promise<void>
}

/**
 * A component on the page. It asks one query, and its view is that of `view.ts`: a `<p>` while the
 * result is pending, else a `<ul>`, and another `<p>` for an error.
 */
export interface MountedQuery {
  /** The element that the component is mounted into. */
  readonly container: Element
  /** What the component has now, in plain values, however its framework holds them. */
  readonly current: () => TodoResult
  /**
   * An entry for each time that the framework brought the view up to date, in order. Where a framework
   * updates piece by piece, once for all pieces that show the result.
   */
  readonly renderings: readonly Rendering[]
  /** Gives the component other props, and resolves when the view shows it. */
  readonly setProps: (props: QueryProps) => Promise<void>
  /** Hides the component and shows it again by what the framework has for it: Activity, KeepAlive, `{#if}`, `@if`. */
  readonly setVisible: (isVisible: boolean) => Promise<void>
  readonly unmount: () => Promise<void>
}

/** A component that writes, and knows the health of its database. */
export interface MountedWriter<Variables, Data> {
  readonly mutation: () => MutationSnapshot<Data>
  readonly calls: MutationCalls<Variables, Data>
  readonly status: () => DatabaseStatus
  readonly unmount: () => Promise<void>
}

/** How the suite uses one adapter. What a driver mounts, the suite unmounts when the test is over. */
export interface Driver {
  /** What the suite is called: the framework, and the function where there is more than one. */
  readonly name: string
  /** The line that the error of a missing provider tells to add. */
  readonly providerLine: string
  /** The module with `renderOnServer`, from the folder of the package: it runs in Node. */
  readonly serverModule: string
  /** Scenarios that this adapter cannot play yet, by name, with the reason: they are expected to fail. */
  readonly gaps?: Readonly<Record<string, string>>
  /**
   * Mounts the component below a provider of `database`, or without one. Resolves when the view is
   * there; rejects with what the component throws as it is set up.
   */
  readonly mount: (database: Database | undefined, props: QueryProps) => Promise<MountedQuery>
  /** Mounts a component with a mutation and the status of the database. */
  readonly mountWriter: <Variables, Data>(
    database: Database,
    work: StatementInput | MutationFunction<Variables, Data>,
  ) => Promise<MountedWriter<Variables, Data>>
  /** Mounts a component that asks by pages. */
  readonly mountPages: (database: Database, props: PagesProps) => Promise<MountedPages>
  /** Takes over the view that a server rendered into `container`, with the rows that it had. */
  readonly hydrate: (
    database: Database,
    props: QueryProps,
    container: Element,
    state?: DehydratedState,
  ) => Promise<MountedQuery>
  /** Does something, and resolves when the framework has drawn all that came of it. */
  readonly apply: <Value>(work: () => Promise<Value>) => Promise<Value>
}

/**
 * What `serverModule` exports as `renderOnServer`: the markup of the same component below a provider of
 * a database that the module makes by `createDatabase`, with the rows of `state` where there are some.
 */
export type RenderOnServer = (props: QueryProps, state?: DehydratedState) => Promise<string>
