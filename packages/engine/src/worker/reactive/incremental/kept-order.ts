import type { Connection } from '../../sqlite/connection.ts'
import type { Statement } from '../../sqlite/statement.ts'
import type { Task } from '../../task.ts'
import type { Catalog } from '../catalog.ts'
import type { Collation } from './compare-values.ts'
import type { KeptSelection, SelectedTerm } from './kept-selection.ts'
import { prepareMade } from './prepare-made.ts'
import type { OrderTerm } from './row-order.ts'

/**
 * The order of kept rows; undefined where it is not sure how SQLite compares them. `names` are those of the result's
 * columns, which the selection has to have too.
 */
export function* keptOrder(
  selection: KeptSelection,
  names: readonly string[],
  connection: Connection,
  catalog: Catalog,
): Task<readonly OrderTerm[] | undefined> {
  const statement = yield* prepareMade(selection.whole, connection)
  if (statement === undefined) return undefined
  try {
    const columns = statement.columnNames()
    if (!names.every((name, index) => columns[index] === name)) return undefined
    const isBinary = yield* isAllBinary(selection, catalog)
    const order = selection.terms.map((term) => orderTerm(term, statement, isBinary, connection))
    return order.every((term) => term !== undefined) ? order : undefined
  } finally {
    const releasing = connection.release(statement)
    if (releasing !== undefined) yield releasing
  }
}

function* isAllBinary({ sources }: KeptSelection, catalog: Catalog): Task<boolean> {
  for (const { table } of sources) if (!(yield* catalog.isBinary(table))) return false
  return true
}

function orderTerm(
  { collation, ...term }: SelectedTerm,
  statement: Statement,
  isBinary: boolean,
  connection: Connection,
): OrderTerm | undefined {
  const known = asCollation(collation ?? ownCollation(term.column, statement, isBinary, connection))
  return known && { ...term, collation: known }
}

/** That of the column which it shows. What an expression is compared by is sure where there is but one. */
function ownCollation(
  column: number,
  statement: Statement,
  isBinary: boolean,
  connection: Connection,
): string {
  if (isBinary) return 'binary'
  const origin = statement.columnOrigin(column)
  return origin === undefined ? '' : connection.collationOf(origin.schema, origin.table, origin.column)
}

function asCollation(name: string): Collation | undefined {
  const known = name.toLowerCase()
  return known === 'binary' || known === 'nocase' ? known : undefined
}
