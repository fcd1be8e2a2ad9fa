import { traverse, type AstNode } from 'sqlite3-parser'
import type { SelectText } from './select-text.ts'

/** Functions of one row whose value follows from their arguments alone. */
const DETERMINISTIC_FUNCTIONS: ReadonlySet<string> = new Set([
  ...[
    'abs',
    'acos',
    'acosh',
    'asin',
    'asinh',
    'atan',
    'atan2',
    'atanh',
    'ceil',
    'ceiling',
    'char',
    'coalesce',
  ],
  ...[
    'concat',
    'concat_ws',
    'cos',
    'cosh',
    'degrees',
    'exp',
    'floor',
    'format',
    'glob',
    'hex',
    'if',
    'ifnull',
  ],
  ...[
    'iif',
    'instr',
    'json',
    'json_array',
    'json_array_length',
    'json_extract',
    'json_insert',
    'json_object',
  ],
  ...[
    'json_patch',
    'json_quote',
    'json_remove',
    'json_replace',
    'json_set',
    'json_type',
    'json_valid',
    'length',
  ],
  ...['like', 'likelihood', 'likely', 'ln', 'log', 'log10', 'log2', 'lower', 'ltrim', 'mod', 'nullif'],
  ...[
    'octet_length',
    'pi',
    'pow',
    'power',
    'printf',
    'quote',
    'radians',
    'replace',
    'round',
    'rtrim',
    'sign',
  ],
  ...[
    'sin',
    'sinh',
    'sqrt',
    'substr',
    'substring',
    'tan',
    'tanh',
    'trim',
    'trunc',
    'typeof',
    'unhex',
    'unicode',
  ],
  ...['unlikely', 'upper'],
])
const AGGREGATES: ReadonlySet<string> = new Set([
  'avg',
  'count',
  'group_concat',
  'string_agg',
  'sum',
  'total',
])
/** Of one argument, they are aggregates. */
const OF_SEVERAL: ReadonlySet<string> = new Set(['max', 'min'])

/**
 * Whether each row's share of a statement follows from what is stored: no function in it tells the time, draws
 * random numbers or gathers rows.
 */
export function isDeterministic(part: AstNode): boolean {
  let isKnown = true
  const refuse = (): void => {
    isKnown = false
  }
  traverse(part, {
    nodes: {
      FunctionCallExpr({ name, args, distinctness, filterOver, orderBy }) {
        const known = name.name.toLowerCase()
        const isOfSeveral = OF_SEVERAL.has(known) && (args?.length ?? 0) > 1
        const isPlain = distinctness === undefined && filterOver === undefined && orderBy === undefined
        if (!isPlain || !(isOfSeveral || DETERMINISTIC_FUNCTIONS.has(known))) refuse()
      },
      FunctionCallStarExpr: refuse,
      LikeExpr({ op }) {
        if (op !== 'Like' && op !== 'Glob') refuse()
      },
      CurrentDateLiteral: refuse,
      CurrentTimeLiteral: refuse,
      CurrentTimestampLiteral: refuse,
      RaiseExpr: refuse,
    },
  })
  return isKnown
}

/** Whether the result has other rows than those that are selected from: groups, or one of all. */
export function takesRowsTogether({ core }: SelectText): boolean {
  let isFound = core.groupBy !== undefined || core.having !== undefined
  for (const column of core.columns) {
    traverse(column, {
      nodes: {
        FunctionCallExpr({ name, args }) {
          const known = name.name.toLowerCase()
          isFound ||= AGGREGATES.has(known) || (OF_SEVERAL.has(known) && (args?.length ?? 0) < 2)
        },
        FunctionCallStarExpr() {
          isFound = true
        },
      },
    })
  }
  return isFound
}
