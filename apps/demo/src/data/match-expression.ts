import { foldText } from './fold-text.ts'

/**
 * What is typed, as an FTS5 expression: every word must occur, each as the beginning of one.
 * Folding leaves letters and digits only, and each word is quoted, so nothing that is typed can be
 * read as FTS5 syntax (`AND`, `*`, `-`, a stray quote). `undefined` where there is no word at all.
 */
export function matchExpression(input: string): string | undefined {
  const words = foldText(input).split(' ').filter(Boolean)
  return words.length === 0 ? undefined : words.map((word) => `"${word}"*`).join(' ')
}
