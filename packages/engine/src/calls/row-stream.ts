import type { ExecutorContext } from './executor-context.ts'
import type { CallOptions } from '../handle.ts'
import type { AnswerTo } from '../link/pending-request.ts'
import type { StatementInput } from '../statement-input.ts'
import type { SqlParameters } from '../values.ts'
import { toRows } from '../link/column-block.ts'
import { valueOf } from '../link/value-of.ts'
import { toStatement } from './to-statement.ts'

/**
 * The rows of a statement as they are read. Opened by the first `next`; while the rows of one chunk
 * are being used, the next one is on its way. Ended early, the rest is not read.
 */
export function createRowStream<Row>(
  context: ExecutorContext,
  input: StatementInput<unknown>,
  parameters: SqlParameters | undefined,
  options: CallOptions = {},
): AsyncIterableIterator<Row> {
  const rows = readRows<Row>(context, input, parameters, options)
  const stream: AsyncIterableIterator<Row> = {
    next: () => context.watch(rows.next()),
    return: () => context.watch(rows.return(undefined)),
    [Symbol.asyncIterator]: () => stream,
  }
  return stream
}

async function* readRows<Row>(
  context: ExecutorContext,
  input: StatementInput<unknown>,
  parameters: SqlParameters | undefined,
  { signal }: CallOptions,
): AsyncGenerator<Row, undefined, undefined> {
  context.check('stream')
  const stream = context.nextStream()
  const statement = toStatement(input, parameters)
  const { transaction } = context
  valueOf(await context.request('streamOpen', { ...statement, stream, transaction }, { signal }))
  const life = context.life()
  const nextChunk = (): Promise<AnswerTo<'streamNext'>> =>
    context.request('streamNext', { stream }, { signal, life })
  let isOpen = true
  try {
    let chunk = nextChunk()
    while (isOpen) {
      const { block, done } = valueOf(await chunk)
      isOpen = !done
      if (isOpen) chunk = nextChunk()
      yield* toRows(block) as Row[]
    }
  } finally {
    if (isOpen) await context.closeStream(stream, life)
  }
}
