import type { Action } from '../order.ts'
import { checkLinearizable, type SequentialModel, type TimedCall } from './check-linearizable.ts'
import { CLOCK_ERROR } from './clock-error.ts'
import type { History, Operation } from './history.ts'

interface RegisterCall {
  readonly kind: 'read' | 'write' | 'increment'
  readonly tab: string
  /** What was read, written or made; `undefined` of an increment that nobody heard of. */
  readonly value: number | undefined
}

const REGISTER: SequentialModel<number, RegisterCall> = {
  initial: 0,
  apply(state, { kind, value }) {
    if (kind === 'write') return value
    const after = kind === 'increment' ? state + 1 : state
    return value === undefined || value === after ? after : undefined
  },
}

/** Each register is linearizable, what is found in the end included. */
export function checkRegisters({ operations, final, end }: History): readonly string[] {
  const calls = new Map<number, TimedCall<RegisterCall>[]>(
    [...final.registers.keys()].map((key) => [key, []]),
  )
  for (const operation of operations) {
    const { action } = operation
    if (action.kind !== 'read' && action.kind !== 'write' && action.kind !== 'increment') continue
    const ofRegister = calls.get(action.register) ?? []
    calls.set(action.register, ofRegister)
    const call = toCall(operation, action)
    if (call !== undefined) ofRegister.push(call)
  }
  return [...calls].flatMap(([register, ofRegister]) => {
    const value = final.registers.get(register) ?? 0
    const last = { call: { kind: 'read', tab: 'the end', value }, invoked: end, returned: end } as const
    const stuck = checkLinearizable(REGISTER, [...ofRegister, last])
    if (stuck === undefined) return []
    return [`Register ${register} is not linearizable: ${stuck.kind} of ${stuck.value} by ${stuck.tab}.`]
  })
}

type RegisterAction = Extract<Action, { readonly register: number }>

function toCall(
  { tab, invoked, returned, outcome }: Operation,
  action: RegisterAction,
): TimedCall<RegisterCall> | undefined {
  const isKnown = outcome.kind === 'done'
  if (outcome.kind === 'undone' || (!isKnown && action.kind === 'read')) return undefined
  const written = action.kind === 'write' ? action.value : undefined
  const value = written ?? (isKnown ? outcome.answer.value : undefined)
  return {
    call: { kind: action.kind, tab, value },
    invoked: invoked - CLOCK_ERROR,
    returned: isKnown ? returned + CLOCK_ERROR : Infinity,
  }
}
