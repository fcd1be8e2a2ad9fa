import { traverse, type SelectStmt, type VariableExpr } from 'sqlite3-parser'

/** The numbers of a statement's parameters, given as SQLite gives them: from left to right. */
export class ParameterPlaces {
  /** The greatest number, 0 without parameters. */
  readonly highest: number
  readonly #numbers = new Map<number, number>()

  constructor(statement: SelectStmt) {
    const variables: VariableExpr[] = []
    traverse(statement, { nodes: { VariableExpr: (variable) => void variables.push(variable) } })
    const named = new Map<string, number>()
    let highest = 0
    for (const { name, span } of variables.toSorted((a, b) => a.span.offset - b.span.offset)) {
      const explicit = /^\?\d+$/.test(name) ? Number(name.slice(1)) : named.get(name)
      const number = explicit ?? highest + 1
      highest = Math.max(highest, number)
      if (name !== '?') named.set(name, number)
      this.#numbers.set(span.offset, number)
    }
    this.highest = highest
  }

  numberOf({ span }: VariableExpr): number {
    return this.#numbers.get(span.offset) ?? 0
  }
}
