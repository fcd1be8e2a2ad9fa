import { traverse, type AstNode } from 'sqlite3-parser'

/** Functions that give a value whatever they are given. */
const SAFE_FUNCTIONS: ReadonlySet<string> = new Set([
  'coalesce',
  'date',
  'datetime',
  'ifnull',
  'iif',
  'instr',
  'julianday',
  'length',
  'lower',
  'ltrim',
  'max',
  'min',
  'nullif',
  'round',
  'rtrim',
  'strftime',
  'substr',
  'substring',
  'time',
  'trim',
  'typeof',
  'unixepoch',
  'upper',
])

/** Whether evaluating this for a row may fail, as it may be for a row that does not fulfil all conditions. */
export function mayFail(part: AstNode): boolean {
  let isUnsafe = false
  const note = (): void => {
    isUnsafe = true
  }
  traverse(part, {
    nodes: {
      FunctionCallExpr({ name }) {
        if (!SAFE_FUNCTIONS.has(name.name.toLowerCase())) note()
      },
      LikeExpr({ op, escape }) {
        if (escape !== undefined || (op !== 'Like' && op !== 'Glob')) note()
      },
      BinaryExpr({ op }) {
        if (op === 'ArrowRight' || op === 'ArrowRightShift') note()
      },
      RaiseExpr: note,
    },
  })
  return isUnsafe
}
