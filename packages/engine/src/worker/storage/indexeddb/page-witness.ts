import type { RememberedStorage } from '../../../link/protocol.ts'
import type { Remember } from '../../engine-host.ts'
import type { WitnessKeeper } from './witness.ts'

/** A witness that the page keeps, where the worker has no files. */
export function pageWitness(
  name: string,
  remembered: RememberedStorage | undefined,
  remember: Remember,
): WitnessKeeper {
  const { id, commit } = remembered ?? {}
  return {
    read: () => (id === undefined || commit === undefined ? undefined : { id, commit }),
    write: (witness) => remember({ name, backend: 'indexeddb', ...witness }),
    // The page forgets by itself what it has deleted.
    forget: () => Promise.resolve(),
    close: () => undefined,
  }
}
