import { operandOf, type Operand } from '../predicates/operand.ts'
import type { SelectText } from './select-text.ts'

/** LIMIT and OFFSET, whatever the parameters. */
export interface PlannedLimit {
  readonly rows: Operand
  readonly offset: Operand | undefined
}

/** Those of a statement; undefined where there are none, or other than numbers and parameters. */
export function plannedLimit({ statement, places }: SelectText): PlannedLimit | undefined {
  const { limit } = statement.body
  const rows = limit && operandOf(limit.expr, places)
  const offset = limit?.offset && operandOf(limit.offset, places)
  return rows === undefined || (limit?.offset !== undefined && offset === undefined)
    ? undefined
    : { rows, offset }
}

/** Why it is not known which rows a limit leaves, if it is not. */
export function limitObstacle(text: SelectText): 'unsure-limit' | 'unordered-limit' | undefined {
  if (text.statement.body.limit === undefined) return undefined
  if (plannedLimit(text) === undefined) return 'unsure-limit'
  return text.orderBy.length === 0 ? 'unordered-limit' : undefined
}
