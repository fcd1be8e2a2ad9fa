import type { Survey } from './survey.ts'

/** Tables of which pages cannot be read, in lower case as names mean the same in any case. */
export function damagedTables({ trees }: Survey): ReadonlySet<string> {
  const names = trees.flatMap(({ owner, faults }) =>
    owner.kind === 'table' && faults.length > 0 ? [owner.name.toLowerCase()] : [],
  )
  return new Set(names)
}
