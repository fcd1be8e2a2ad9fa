import { ACCOUNTS, TOTAL } from '../bank.ts'
import type { Transfer } from '../order.ts'
import type { History, TransferRow } from './history.ts'

/** Money is neither made nor lost, in all that was read; and each transfer was applied once, if it was to be. */
export function checkAccounts({ operations, final }: History): readonly string[] {
  const rows = new Map(final.transfers.map((row) => [`${row.tab}/${row.transfer}`, row]))
  const faults = rows.size < final.transfers.length ? ['A transfer is there twice.'] : []
  const ordered = new Set<string>()
  for (const { tab, action, outcome } of operations) {
    if (action.kind === 'total' && outcome.kind === 'done' && outcome.answer.value !== TOTAL) {
      faults.push(`${tab} has read ${outcome.answer.value} as the total.`)
    }
    if (action.kind !== 'transfer') continue
    const name = `${tab}/${action.transfer}`
    ordered.add(name)
    const row = rows.get(name)
    if (outcome.kind === 'undone' && row !== undefined) {
      faults.push(`Transfer ${name} is there, which ended with ${outcome.code}.`)
    }
    if (outcome.kind === 'done' && row?.amount !== outcome.answer.value) {
      faults.push(`Transfer ${name} moved ${row?.amount}, and told ${outcome.answer.value}.`)
    }
    if (row !== undefined && !isAsOrdered(row, action))
      faults.push(`Transfer ${name} is not as it was ordered.`)
  }
  faults.push(
    ...[...rows.keys()]
      .filter((name) => !ordered.has(name))
      .map((name) => `Nobody ordered transfer ${name}.`),
  )
  return [...faults, ...checkBalances(final)]
}

function isAsOrdered(row: TransferRow, action: Transfer): boolean {
  return row.source === action.source && row.target === action.target && row.amount <= action.amount
}

function checkBalances({ transfers, balances }: History['final']): readonly string[] {
  const expected = new Map(Array.from({ length: ACCOUNTS }, (_, index) => [index + 1, TOTAL / ACCOUNTS]))
  for (const { source, target, amount } of transfers) {
    expected.set(source, (expected.get(source) ?? 0) - amount)
    expected.set(target, (expected.get(target) ?? 0) + amount)
  }
  return [...expected]
    .filter(([account, balance]) => balances.get(account) !== balance)
    .map(
      ([account, balance]) =>
        `Account ${account} has ${balances.get(account)}, not ${balance} as by its transfers.`,
    )
}
