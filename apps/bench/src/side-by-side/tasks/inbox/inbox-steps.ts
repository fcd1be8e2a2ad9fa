import { WARM_UP } from '../time-steps.ts'
import { FOLDERS, WORDS } from './inbox-data.ts'
import { InboxModel } from './inbox-model.ts'

const LISTS = 30
const SEARCHES = 20
const MARKS = 50

/** The folders that are opened one after another. */
export const listSteps: readonly number[] = Array.from({ length: WARM_UP + LISTS }, (_, turn) =>
  folderOf(turn),
)

/** The words that are looked for, no two alike. */
export const searchSteps: readonly string[] = WORDS.slice(0, WARM_UP + SEARCHES)

/** Which message is marked read while which folder is open. */
export interface MarkStep {
  readonly folder: number
  readonly id: number
}

/** As somebody reads their mail: the newest of a folder that is unread, each time. */
export function markSteps(): readonly MarkStep[] {
  const model = new InboxModel()
  return Array.from({ length: WARM_UP + MARKS }, (_, turn) => {
    const folder = folderOf(turn)
    const id = model.firstUnread(folder)
    model.markRead(id)
    return { folder, id }
  })
}

function folderOf(turn: number): number {
  return FOLDERS[turn % FOLDERS.length] ?? 0
}
