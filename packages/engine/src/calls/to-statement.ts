import type { WireStatement } from '../link/protocol.ts'
import type { SqlParameters } from '../values.ts'
import { checkParameters } from './check-parameters.ts'
import { DataSyncError } from '../errors.ts'

/**
 * The text and the checked parameters of whatever counts as a statement.
 *
 * @throws DataSyncError `invalid-argument` for anything else, `invalid-parameter` for a parameter
 * that SQLite cannot store.
 */
export function toStatement(input: unknown, parameters?: SqlParameters): WireStatement {
  if (typeof input === 'string') return { sql: input, parameters: checkParameters(parameters) }
  const { sql, own } = readStatement(input)
  const carried = checkParameters(own)
  if (parameters === undefined) return { sql, parameters: carried }
  if (Array.isArray(carried) && carried.length === 0) return { sql, parameters: checkParameters(parameters) }
  throw new DataSyncError(
    'invalid-argument',
    'The statement carries its parameters already, and the call gives others.',
    { sql },
  )
}

function readStatement(input: unknown): { readonly sql: string; readonly own: unknown } {
  if (typeof input === 'object' && input !== null) {
    if ('sql' in input && typeof input.sql === 'string') {
      return { sql: input.sql, own: 'parameters' in input ? input.parameters : undefined }
    }
    if ('compile' in input && typeof input.compile === 'function') return readStatement(input.compile())
    if ('toSQL' in input && typeof input.toSQL === 'function') {
      const { sql, params } = input.toSQL() as { readonly sql: string; readonly params: unknown }
      return { sql, own: params }
    }
  }
  throw new DataSyncError(
    'invalid-argument',
    'A statement is SQL text, the sql`` tag, { sql, parameters }, or a query builder with compile() or toSQL().',
  )
}
