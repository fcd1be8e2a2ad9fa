import { ACCOUNTS, REGISTERS } from '../bank.ts'
import type { Action } from '../order.ts'
import { REGISTERS_AT_ONCE, type Work } from './tab-events.ts'

/** For how many orders the same registers are in use: the search for an order of the calls has to end. */
const ORDERS_PER_REGISTERS = 400

/** What is counted as a tab gives out numbers. */
export interface TabNumbers {
  entries: number
  transfers: number
}

/** Makes an order of a tab of what was drawn. `id` is unique in the run, and grows. */
export function toAction(work: Work, id: number, numbers: TabNumbers): Action {
  switch (work.kind) {
    case 'write':
      return { kind: 'write', register: registerAt(id, work.register), value: id }
    case 'read':
    case 'increment':
      return { kind: work.kind, register: registerAt(id, work.register) }
    case 'insert':
    case 'batch':
    case 'script':
      return { kind: work.kind, entries: Array.from({ length: work.count }, () => ++numbers.entries) }
    case 'transfer': {
      const { source, step, amount, retry } = work
      const target = ((source - 1 + step) % ACCOUNTS) + 1
      return { kind: 'transfer', transfer: ++numbers.transfers, source, target, amount, retry }
    }
    case 'total':
      return work
  }
}

function registerAt(id: number, register: number): number {
  return (Math.floor(id / ORDERS_PER_REGISTERS) * REGISTERS_AT_ONCE + register) % REGISTERS
}
