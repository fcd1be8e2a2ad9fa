import type { ChangeOptions } from '../database-reports.ts'
import type { ChangeSet, TableChange } from '../link/live-protocol.ts'
import { callSafely } from '../notify-listeners.ts'

interface Subscription {
  readonly listener: (changes: ChangeSet) => void
  /** In lower case, as names of tables mean the same in any case. */
  readonly tables: ReadonlySet<string> | undefined
}

/** Who wants to hear of commits, and of which. */
export class ChangeFeed {
  readonly #subscriptions = new Set<Subscription>()
  readonly #watch: (isWanted: boolean) => void

  /** `watch` is called when the first listener comes and when the last one goes. */
  constructor(watch: (isWanted: boolean) => void) {
    this.#watch = watch
  }

  get isWanted(): boolean {
    return this.#subscriptions.size > 0
  }

  subscribe(listener: Subscription['listener'], { tables }: ChangeOptions = {}): () => void {
    const names = tables === undefined ? undefined : new Set(tables.map((name) => name.toLowerCase()))
    const subscription = { listener, tables: names }
    this.#subscriptions.add(subscription)
    if (this.#subscriptions.size === 1) this.#watch(true)
    return () => {
      if (this.#subscriptions.delete(subscription) && !this.isWanted) this.#watch(false)
    }
  }

  deliver(changeSet: ChangeSet): void {
    for (const subscription of [...this.#subscriptions]) {
      const wanted = selectChanges(changeSet, subscription.tables)
      // One that an earlier listener unsubscribed hears nothing more.
      if (wanted === undefined || !this.#subscriptions.has(subscription)) continue
      callSafely(() => subscription.listener(wanted))
    }
  }
}

function selectChanges(changeSet: ChangeSet, tables: Subscription['tables']): ChangeSet | undefined {
  if (tables === undefined || changeSet.everything) return changeSet
  const changes = changeSet.changes.filter((change) => isAmong(change, tables))
  if (changes.length === 0) return undefined
  return changes.length === changeSet.changes.length ? changeSet : { ...changeSet, changes }
}

/** A bare name is that of a table where SQL would look for it first. */
function isAmong({ schema, table }: TableChange, tables: ReadonlySet<string>): boolean {
  const isBare = schema === 'main' || schema === 'temp'
  const name = table.toLowerCase()
  return tables.has(`${schema.toLowerCase()}.${name}`) || (isBare && tables.has(name))
}
