/** As Prettier writes it, so that what is generated is what is kept. The first column is text, others are numbers. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: 'numbers' | 'text' = 'numbers',
): string {
  const widths = head.map((title, i) => Math.max(3, title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const isNumber = (i: number): boolean => columns === 'numbers' && i > 0
  const line = (cells: readonly string[]): string => {
    const padded = widths.map((width, i) =>
      isNumber(i) ? cells[i]?.padStart(width) : cells[i]?.padEnd(width),
    )
    return `| ${padded.join(' | ')} |`
  }
  const rule = widths.map((width, i) => (isNumber(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n')
}

/** So that what somebody's error message says is shown as it is, and on one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\|*_<`[\]]/g, String.raw`\$&`)
    .trim()
}
