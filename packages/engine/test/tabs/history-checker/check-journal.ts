import type { Action } from '../order.ts'
import { CLOCK_ERROR } from './clock-error.ts'
import type { History, JournalRow, Operation } from './history.ts'

type InsertAction = Extract<Action, { readonly entries: readonly number[] }>
interface Insert extends Operation {
  readonly action: InsertAction
}

/**
 * Every acknowledged entry is there once, at the place that was told, and none that was undone; those of one tab are
 * in the order in which it sent them, those of an atomic operation together or not at all; and what had returned
 * before something else began comes before it.
 */
export function checkJournal(history: History): readonly string[] {
  const { journal } = history.final
  const rows = new Map(journal.map((row) => [nameOf(row), row]))
  const inserts = history.operations.filter(isInsert)
  return [
    ...(rows.size < journal.length ? ['The journal has an entry twice.'] : []),
    ...checkKnown(inserts, rows),
    ...inserts.flatMap((insert) => checkInsert(insert, rows)),
    ...checkOrderOfTabs(journal),
    ...checkOrderOfTime(inserts, rows),
  ]
}

function checkKnown(inserts: readonly Insert[], rows: ReadonlyMap<string, JournalRow>): readonly string[] {
  const ordered = new Set(inserts.flatMap(namesOf))
  return [...rows.keys()]
    .filter((name) => !ordered.has(name))
    .map((name) => `Nobody has written entry ${name}.`)
}

function checkInsert(insert: Insert, rows: ReadonlyMap<string, JournalRow>): readonly string[] {
  const names = namesOf(insert)
  const places = names.map((name) => rows.get(name)?.place)
  const found = places.filter((place) => place !== undefined)
  const { outcome, action } = insert
  const of = `of the ${action.kind} of ${names.join(', ')}`
  if (outcome.kind === 'undone') {
    return found.length === 0 ? [] : [`Something ${of} is there, which ended with ${outcome.code}.`]
  }
  if (outcome.kind === 'done' && found.length < names.length) return [`Something ${of} is missing.`]
  const faults: string[] = []
  if (action.kind === 'batch' && found.length > 0 && !areTogether(places))
    faults.push(`Not all ${of} is together.`)
  if (outcome.kind !== 'done') return faults
  const { changes, shown, value } = outcome.answer
  if (changes !== 1) faults.push(`The answer ${of} told ${changes} changes.`)
  const last = places.at(-1) ?? 0
  if (action.kind !== 'script' && value !== last)
    faults.push(`The answer ${of} told place ${value}, not ${last}.`)
  if (shown !== undefined && shown < last)
    faults.push(`A live query showed ${shown} entries at the answer ${of}, the last at ${last}.`)
  return faults
}

function areTogether(places: readonly (number | undefined)[]): boolean {
  const [first] = places
  return first !== undefined && places.every((place, index) => place === first + index)
}

function checkOrderOfTabs(journal: readonly JournalRow[]): readonly string[] {
  const newest = new Map<string, number>()
  const faults: string[] = []
  for (const { tab, entry } of journal) {
    const before = newest.get(tab) ?? -1
    if (entry < before) faults.push(`Entry ${entry} of ${tab} comes after entry ${before}.`)
    newest.set(tab, Math.max(entry, before))
  }
  return faults
}

function checkOrderOfTime(
  inserts: readonly Insert[],
  rows: ReadonlyMap<string, JournalRow>,
): readonly string[] {
  const placed = inserts
    .flatMap((insert) => namesOf(insert).map((name) => ({ insert, name, place: rows.get(name)?.place ?? 0 })))
    .filter(({ place }) => place > 0)
    .toSorted((a, b) => b.place - a.place)
  const faults: string[] = []
  let earliest = { returned: Infinity, name: '' }
  for (const { insert, name } of placed) {
    if (earliest.returned + 2 * CLOCK_ERROR < insert.invoked) {
      faults.push(`Entry ${name} was begun after ${earliest.name} was acknowledged, and comes before it.`)
    }
    if (insert.outcome.kind === 'done' && insert.returned < earliest.returned) {
      earliest = { returned: insert.returned, name }
    }
  }
  return faults
}

function isInsert(operation: Operation): operation is Insert {
  return 'entries' in operation.action
}

function namesOf({ tab, action }: Insert): readonly string[] {
  return action.entries.map((entry) => nameOf({ tab, entry }))
}

function nameOf({ tab, entry }: { readonly tab: string; readonly entry: number }): string {
  return `${tab}/${entry}`
}
