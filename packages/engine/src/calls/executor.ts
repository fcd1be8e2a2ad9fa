import type { CallOptions, Executor } from '../handle.ts'
import type { ExecuteResult, RunResult } from '../statement-result.ts'
import type { ExecutorContext } from './executor-context.ts'
import type { ResultShape, StatementRequest, WireResult } from '../link/protocol.ts'
import type { StatementInput } from '../statement-input.ts'
import type { SqlParameters, SqlRow } from '../values.ts'
import { checkTimeout } from './check-timeout.ts'
import { DataSyncError } from '../errors.ts'
import { toRows, toTuples } from '../link/column-block.ts'
import { toRuns, toWireResults } from '../link/batch-wire.ts'
import { valueOf } from '../link/value-of.ts'
import { createRowStream } from './row-stream.ts'
import { toStatement } from './to-statement.ts'

/** Makes the methods of a handle. They work unbound. What is wrong with a call is a rejection. */
export function createExecutor(context: ExecutorContext): Executor {
  const { transaction, watch } = context

  const run = async (
    method: string,
    how: { readonly lane: StatementRequest['lane']; readonly shape: ResultShape },
    input: StatementInput<unknown>,
    parameters: SqlParameters | undefined,
    options: CallOptions = {},
  ): Promise<WireResult> => {
    context.check(method)
    const statement = toStatement(input, parameters)
    const timeout = checkTimeout(options.timeout)
    const isRepeatable = transaction === undefined && how.lane === 'auto' && isPlainRead(statement.sql)
    const answer = await context.request(
      'statement',
      { ...statement, ...how, transaction, timeout },
      { signal: options.signal, isRepeatable },
    )
    return valueOf(answer)
  }

  const batch = async (
    statements: readonly StatementInput<unknown>[],
    options: CallOptions = {},
  ): Promise<readonly ExecuteResult[]> => {
    context.check('batch')
    if (!Array.isArray(statements)) {
      throw new DataSyncError('invalid-argument', 'batch() is given an array of statements.')
    }
    const runs = toRuns(statements.map((statement) => toStatement(statement)))
    const timeout = checkTimeout(options.timeout)
    const answer = await context.request('batch', { runs, transaction, timeout }, options)
    return toWireResults(valueOf(answer)).map(toExecuteResult)
  }

  const exec = async (script: string, options: CallOptions = {}): Promise<void> => {
    context.check('exec')
    if (typeof script !== 'string') throw new DataSyncError('invalid-argument', 'exec() is given SQL text.')
    const timeout = checkTimeout(options.timeout)
    valueOf(await context.request('script', { sql: script, transaction, timeout }, options))
  }

  // Awaited rather than chained, so that the stack of an error reaches to who called.
  const rows = async <Row>(result: Promise<WireResult>): Promise<readonly Row[]> =>
    toRows((await result).block) as readonly SqlRow[] as readonly Row[]

  const first = async <Row>(result: Promise<WireResult>): Promise<Row | undefined> =>
    toRows((await result).block)[0] as Row | undefined

  const counts = async (result: Promise<WireResult>): Promise<RunResult> => {
    const { changes, lastInsertRowid } = await result
    return { changes, lastInsertRowid }
  }

  const whole = async (result: Promise<WireResult>): Promise<ExecuteResult> => toExecuteResult(await result)

  return {
    query: <Row>(statement: StatementInput<Row>, parameters?: SqlParameters, options?: CallOptions) =>
      watch(rows<Row>(run('query', READ_ALL, statement, parameters, options))),
    get: <Row>(statement: StatementInput<Row>, parameters?: SqlParameters, options?: CallOptions) =>
      watch(first<Row>(run('get', READ_FIRST, statement, parameters, options))),
    run: (statement, parameters, options) => watch(counts(run('run', WRITE, statement, parameters, options))),
    execute: (statement, parameters, options) =>
      watch(whole(run('execute', READ_ALL, statement, parameters, options))),
    exec: (script, options) => watch(exec(script, options)),
    batch: (statements, options) => watch(batch(statements, options)),
    stream: <Row>(statement: StatementInput<Row>, parameters?: SqlParameters, options?: CallOptions) =>
      createRowStream<Row>(context, statement, parameters, options),
  }
}

const READ_ALL = { lane: 'auto', shape: 'all-rows' } as const
const READ_FIRST = { lane: 'auto', shape: 'first-row' } as const
const WRITE = { lane: 'write', shape: 'no-rows' } as const

/** Whether the text is sure to change nothing, so that it could be run twice. */
function isPlainRead(sql: string): boolean {
  return /^\s*(?:select|values)\b/i.test(sql)
}

function toExecuteResult({ block, changes, lastInsertRowid, durationMs }: WireResult): ExecuteResult {
  return { columns: block.names, rows: toTuples(block), changes, lastInsertRowid, durationMs }
}
