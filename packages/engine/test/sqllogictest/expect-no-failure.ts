import { expect } from 'vitest'
import { describeFailure, type Report } from './report.ts'

/** So many failures are told whole. */
const SHOWN = 5

export function expectNoFailure({ failures }: Report): void {
  const shown = failures.slice(0, SHOWN).map(describeFailure)
  const rest = failures.length - shown.length
  expect([...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n\n')).toBe('')
}
