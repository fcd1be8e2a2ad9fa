import type { CallOptions, Executor, PreparedStatement } from '../handle.ts'
import type { SqlParameters } from '../values.ts'
import { DISPOSE } from '../dispose-symbols.ts'
import { DataSyncError } from '../errors.ts'

/**
 * A statement to be run many times. The engine keeps what it compiled for it by its text, so that
 * nothing is lost if another engine takes over.
 */
export function createPreparedStatement<Row>(executor: Executor, sql: string): PreparedStatement<Row> {
  if (typeof sql !== 'string') throw new DataSyncError('invalid-argument', 'prepare() is given SQL text.')
  let isFinal = false
  const finalize = (): void => {
    isFinal = true
  }
  const use = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if (isFinal) throw new DataSyncError('closed', 'The prepared statement was finalized.', { sql })
    return call()
  }
  return {
    all: (parameters?: SqlParameters, options?: CallOptions) =>
      use(() => executor.query<Row>(sql, parameters, options)),
    get: (parameters?: SqlParameters, options?: CallOptions) =>
      use(() => executor.get<Row>(sql, parameters, options)),
    run: (parameters?: SqlParameters, options?: CallOptions) =>
      use(() => executor.run(sql, parameters, options)),
    finalize,
    [DISPOSE]: finalize,
  }
}
