import { escapeMarkdown } from './markdown-table.ts'

/** Reasons below a table, each once. */
export class Footnotes {
  readonly #reasons: string[] = []

  markOf(reason: string): string {
    const known = this.#reasons.indexOf(reason)
    const number = known === -1 ? this.#reasons.push(reason) : known + 1
    return `<sup>${number}</sup>`
  }

  lines(): readonly string[] {
    return this.#reasons.map((reason, i) => `<sup>${i + 1}</sup> Not run: ${escapeMarkdown(reason)}`)
  }
}
