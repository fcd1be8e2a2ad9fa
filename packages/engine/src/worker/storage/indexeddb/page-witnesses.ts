import type { OpenRequest } from '../../../link/protocol.ts'
import type { Remember } from '../../engine-host.ts'
import type { Witness, WitnessKeeper } from './witness.ts'

/** Witnesses that the page keeps, where the worker has no files. */
export class PageWitnesses {
  readonly #remember: Remember
  /** The last one by database: what the page said at the beginning is soon out of date. */
  readonly #last = new Map<string, Witness>()

  constructor({ name, remembered }: OpenRequest, remember: Remember) {
    this.#remember = remember
    const { id, commit } = remembered ?? {}
    if (id !== undefined && commit !== undefined) this.#last.set(name, { id, commit })
  }

  open(name: string): WitnessKeeper {
    return {
      read: () => this.#last.get(name),
      write: (witness) => {
        this.#last.set(name, witness)
        this.#remember({ name, backend: 'indexeddb', ...witness })
      },
      close: () => undefined,
    }
  }

  /** The database is deleted. The page forgets that by itself. */
  forget(name: string): void {
    this.#last.delete(name)
  }
}
