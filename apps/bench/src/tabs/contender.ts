/** Who takes part in the benchmark of several tabs. */
export interface Contender {
  readonly name: string
  /** Whether its pages must be isolated from others (COOP and COEP), as shared memory demands. */
  readonly isIsolated: boolean
  /** Why no tab works for the others, if so: then none can be missed, and all are alike. */
  readonly hostless: string | undefined
  /** Whether a tab makes itself ready to host next, for which it is given time before anything is measured. */
  readonly hasStandby: boolean
  /** Whether a call takes it so long that few are made, and only where few are enough. */
  readonly isSlow: boolean
  open(database: string): Promise<Tab>
}

export type Role = 'host' | 'guest'

/** A database as one tab has it open, in whatever way it is shared with the others. */
export interface Tab {
  /** Undefined where there are no hosts. */
  readonly role: Role | undefined
  /** The promise settles when this tab has become the host. */
  untilHost(): Promise<void>
  /** One statement in a transaction of its own. Its parameters are written `?`. */
  run(sql: string, parameters?: readonly number[]): Promise<void>
  /** The values of the first row. */
  first(sql: string): Promise<readonly unknown[]>
  /** Calls back with the first row whenever there is a new result. It settles with the first of them. */
  watch(sql: string, shown: (row: readonly unknown[]) => void): Promise<StopWatching>
}

export type StopWatching = () => void | Promise<void>
