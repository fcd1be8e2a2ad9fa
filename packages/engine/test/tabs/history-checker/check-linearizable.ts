/** A call of one object, and between which times it took effect, if it did. */
export interface TimedCall<Call> {
  readonly call: Call
  readonly invoked: number
  /** `Infinity` where that is not known: then it may also never have taken effect. */
  readonly returned: number
}

/** What an object does, one call after another. */
export interface SequentialModel<State extends number | string, Call> {
  readonly initial: State
  /** The state after a call that was answered as it was, or `undefined` if it cannot have been answered so. */
  apply(state: State, call: Call): State | undefined
}

/**
 * Whether there is an order of the calls in which each takes effect between its invocation and its return, and in
 * which the model answers all as they were answered. Returns a call that cannot be fitted in, or `undefined`.
 *
 * The search of Wing and Gong ("Testing and verifying concurrent objects", 1993) with the memory of Lowe ("Testing
 * for linearizability", 2017): what has been tried with the same calls done and the same state is not tried again.
 */
export function checkLinearizable<State extends number | string, Call>(
  model: SequentialModel<State, Call>,
  calls: readonly TimedCall<Call>[],
): Call | undefined {
  const head = listEvents(calls)
  const tried = new Set<string>()
  const done: { readonly entry: CallEvent<Call>; readonly before: State }[] = []
  let marks = 0n
  let state = model.initial
  let missing = calls.filter(({ returned }) => returned < Infinity).length
  let furthest = { done: -1, call: calls[0]?.call }
  let entry = head.next
  while (missing > 0) {
    if (entry?.kind === 'call') {
      const after = model.apply(state, entry.call)
      const withIt = marks | entry.mark
      const key = `${withIt.toString(36)} ${String(after)}`
      if (after !== undefined && !tried.has(key)) {
        tried.add(key)
        done.push({ entry, before: state })
        marks = withIt
        state = after
        if (entry.return !== undefined) missing--
        takeOut(entry)
        entry = head.next
      } else {
        entry = entry.next
      }
      continue
    }
    // Nothing that had begun by here can come next: something before it was chosen wrongly.
    if (entry !== undefined && done.length > furthest.done) furthest = { done: done.length, call: entry.call }
    const last = done.pop()
    if (last === undefined) return furthest.call
    putBack(last.entry)
    marks &= ~last.entry.mark
    state = last.before
    if (last.entry.return !== undefined) missing++
    entry = last.entry.next
  }
  return undefined
}

interface Linked<Call> {
  previous: Head<Call> | Event<Call>
  next: Event<Call> | undefined
}
interface Head<Call> {
  next: Event<Call> | undefined
}
interface CallEvent<Call> extends Linked<Call> {
  readonly kind: 'call'
  readonly call: Call
  readonly mark: bigint
  return: ReturnEvent<Call> | undefined
}
interface ReturnEvent<Call> extends Linked<Call> {
  readonly kind: 'return'
  readonly call: Call
}
type Event<Call> = CallEvent<Call> | ReturnEvent<Call>

/** Invocations and returns in the order of time, as a list that calls can be taken out of. */
function listEvents<Call>(calls: readonly TimedCall<Call>[]): Head<Call> {
  const head: Head<Call> = { next: undefined }
  const events: { readonly at: number; readonly event: Event<Call> }[] = []
  for (const [index, { call, invoked, returned }] of calls.entries()) {
    const event: CallEvent<Call> = {
      kind: 'call',
      call,
      mark: 1n << BigInt(index),
      return: undefined,
      previous: head,
      next: undefined,
    }
    events.push({ at: invoked, event })
    if (returned === Infinity) continue
    event.return = { kind: 'return', call, previous: head, next: undefined }
    events.push({ at: returned, event: event.return })
  }
  // At one time, invocations come first: then the calls may have overlapped.
  events.sort((a, b) => a.at - b.at || Number(a.event.kind === 'return') - Number(b.event.kind === 'return'))
  let last: Head<Call> | Event<Call> = head
  for (const { event } of events) {
    event.previous = last
    last.next = event
    last = event
  }
  return head
}

function takeOut<Call>(entry: CallEvent<Call>): void {
  unlink(entry)
  if (entry.return !== undefined) unlink(entry.return)
}

/** In reverse, since each event still knows its neighbours of then. */
function putBack<Call>(entry: CallEvent<Call>): void {
  if (entry.return !== undefined) link(entry.return)
  link(entry)
}

function unlink<Call>(event: Event<Call>): void {
  event.previous.next = event.next
  if (event.next !== undefined) event.next.previous = event.previous
}

function link<Call>(event: Event<Call>): void {
  event.previous.next = event
  if (event.next !== undefined) event.next.previous = event
}
