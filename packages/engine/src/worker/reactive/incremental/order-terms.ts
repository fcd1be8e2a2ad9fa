import { traverse, type AstNode, type Expr, type SortedColumn } from 'sqlite3-parser'
import type { OrderTerm } from './row-order.ts'
import type { SelectText } from './select-text.ts'

/** A term of ORDER BY: what it sorts by, and how, as far as the text tells. */
export interface TextTerm extends Pick<OrderTerm, 'direction' | 'nulls'> {
  /** A result column by its place, or an expression that is to be selected as well. */
  readonly by: number | string
  /** The name of the collation that it gives, in lower case. */
  readonly collation: string | undefined
}

/** The terms of ORDER BY; undefined where it is not sure what one of them means. */
export function textTerms(text: SelectText, names: readonly string[]): readonly TextTerm[] | undefined {
  const terms = text.orderBy.map((sorted) => textTerm(sorted, text, names))
  return terms.every((term) => term !== undefined) ? terms : undefined
}

function textTerm(
  { expr, order, nulls }: SortedColumn,
  text: SelectText,
  names: readonly string[],
): TextTerm | undefined {
  const { inner, collation } = uncollated(expr)
  const by = referenceOf(inner, text, names)
  if (by === undefined) return undefined
  if (collation === undefined && meantBy(by, inner, text).some(mayCollate)) return undefined
  const direction = order === 'Desc' ? 'down' : 'up'
  const isFirst = nulls === undefined ? direction === 'up' : nulls === 'First'
  return { by, collation, direction, nulls: isFirst ? 'first' : 'last' }
}

/** What the term can be: where a star stands for several columns, it is not told which one a number means. */
function meantBy(by: TextTerm['by'], expression: Expr, { core }: SelectText): readonly AstNode[] {
  if (typeof by === 'string') return [expression]
  const named = core.columns.filter(
    (column) =>
      expression.type === 'Id' &&
      column.type === 'ExprResultColumn' &&
      isSameName(column.alias?.name.text ?? '', expression.name),
  )
  if (named.length > 0) return named
  const isPlain = core.columns.every(({ type }) => type === 'ExprResultColumn')
  return isPlain ? core.columns.slice(by, by + 1) : core.columns
}

/** Whether it may be compared otherwise than the columns in it are. */
function mayCollate(part: AstNode): boolean {
  let isFound = false
  const note = (): void => {
    isFound = true
  }
  traverse(part, { nodes: { CollateExpr: note, SubqueryExpr: note } })
  return isFound
}

/** The outermost collation counts. */
function uncollated(expression: Expr): { readonly inner: Expr; readonly collation: string | undefined } {
  if (expression.type === 'CollateExpr') {
    return { inner: uncollated(expression.expr).inner, collation: expression.collation.toLowerCase() }
  }
  const [only] = expression.type === 'ParenthesizedExpr' ? expression.exprs : []
  if (expression.type === 'ParenthesizedExpr' && expression.exprs.length === 1 && only)
    return uncollated(only)
  return { inner: expression, collation: undefined }
}

/** As SQLite resolves it: the number of a result column, the name that AS gives to one, else an expression. */
function referenceOf(
  expression: Expr,
  text: SelectText,
  names: readonly string[],
): TextTerm['by'] | undefined {
  if (expression.type === 'NumericLiteral' && /^\d+$/.test(expression.value)) {
    const number = Number(expression.value)
    return number >= 1 && number <= names.length ? number - 1 : undefined
  }
  if (expression.type === 'Id' && isAlias(expression.name, text)) {
    const found = names.flatMap((name, index) => (isSameName(name, expression.name) ? [index] : []))
    // Of two of one name, SQLite takes the one that comes first, unless that is a column without AS.
    return found.length === 1 ? found[0] : undefined
  }
  return text.textOf(expression)
}

function isAlias(name: string, { core }: SelectText): boolean {
  return core.columns.some(
    (column) => column.type === 'ExprResultColumn' && isSameName(column.alias?.name.text ?? '', name),
  )
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
