import type { FinalState } from '../history-checker/history.ts'
import type { Content } from '../page/tab-page.ts'

/** What a tab has read of the whole database, by its names. */
export function toFinalState({ registers, journal, transfers, accounts }: Content): FinalState {
  return {
    registers: new Map(registers.map(([key, value]) => [Number(key), Number(value)])),
    journal: journal.map(([place, tab, entry]) => ({
      place: Number(place),
      tab: String(tab),
      entry: Number(entry),
    })),
    transfers: transfers.map(([tab, transfer, source, target, amount]) => ({
      tab: String(tab),
      transfer: Number(transfer),
      source: Number(source),
      target: Number(target),
      amount: Number(amount),
    })),
    balances: new Map(accounts.map(([id, balance]) => [Number(id), Number(balance)])),
  }
}
