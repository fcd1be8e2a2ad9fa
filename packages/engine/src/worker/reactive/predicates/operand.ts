import type { Expr } from 'sqlite3-parser'
import type { SqlParameters, SqlValue } from '../../../values.ts'
import type { ParameterPlaces } from './parameter-places.ts'

/** What a column is compared with: the same for each row of a run. */
export type Operand =
  | { readonly kind: 'value'; readonly value: SqlValue }
  /** A parameter, by its number and, without its prefix, its name. */
  | { readonly kind: 'parameter'; readonly number: number; readonly name: string }

/** An expression as an operand; undefined if it is another than a literal or a parameter. */
export function operandOf(expression: Expr, places: ParameterPlaces): Operand | undefined {
  switch (expression.type) {
    case 'VariableExpr':
      return { kind: 'parameter', number: places.numberOf(expression), name: expression.name.slice(1) }
    case 'StringLiteral':
    case 'BlobLiteral':
    case 'NullLiteral':
    case 'NumericLiteral':
      return asValue(literalOf(expression))
    case 'UnaryExpr': {
      const number = expression.expr.type === 'NumericLiteral' ? literalOf(expression.expr) : undefined
      if (typeof number !== 'number') return undefined
      if (expression.op === 'Negative') return asValue(-number)
      return expression.op === 'Positive' ? asValue(number) : undefined
    }
    default:
      return undefined
  }
}

/** What an operand comes to in a run; undefined where the statement was given no such parameter. */
export function valueOf(operand: Operand, parameters: SqlParameters): SqlValue | undefined {
  if (operand.kind === 'value') return operand.value
  const value = Array.isArray(parameters)
    ? (parameters[operand.number - 1] as unknown)
    : (parameters as Readonly<Record<string, unknown>>)[operand.name]
  return (typeof value === 'boolean' ? Number(value) : value) as SqlValue | undefined
}

type PlainLiteral = Extract<
  Expr,
  { type: 'StringLiteral' | 'BlobLiteral' | 'NullLiteral' | 'NumericLiteral' }
>

function literalOf(literal: PlainLiteral): SqlValue | undefined {
  switch (literal.type) {
    case 'StringLiteral':
      return literal.value
    case 'BlobLiteral':
      return literal.bytes
    case 'NullLiteral':
      return null
    case 'NumericLiteral': {
      // As it is written in SQL and in JavaScript alike, and exact as a double.
      const number = /^\d{1,15}(\.\d*)?$/.test(literal.value) ? Number(literal.value) : NaN
      return Number.isNaN(number) ? undefined : number
    }
  }
}

function asValue(value: SqlValue | undefined): Operand | undefined {
  return value === undefined ? undefined : { kind: 'value', value }
}
