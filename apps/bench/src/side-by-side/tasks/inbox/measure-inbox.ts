import { verify, type Measures } from '../../task.ts'
import { expectRows, expectTotals } from '../expect-rows.ts'
import { timeSteps } from '../time-steps.ts'
import { InboxModel } from './inbox-model.ts'
import { listSteps, markSteps, searchSteps } from './inbox-steps.ts'
import type { Inbox, ListedMessage, OpenFolder } from './inbox.ts'

export async function measureInbox(inbox: Inbox): Promise<Measures> {
  const model = new InboxModel()
  await inbox.fill()
  return {
    'inbox-list': await timeSteps(
      listSteps,
      (folder) => inbox.open(folder),
      (found, folder) => expectOpen(found, model.open(folder)),
    ),
    'inbox-search': await timeSteps(
      searchSteps,
      (word) => inbox.search(word),
      (found, word) => expectList(found, model.search(word)),
    ),
    'inbox-mark': await timeSteps(
      markSteps(),
      async ({ folder, id }) => {
        await inbox.markRead(id)
        return inbox.open(folder)
      },
      (found, { folder, id }) => {
        model.markRead(id)
        expectOpen(found, model.open(folder))
      },
    ),
  }
}

/** Fails unless all that was marked is, and nothing else. */
export async function verifyInbox(inbox: Inbox): Promise<void> {
  const model = new InboxModel()
  for (const { id } of markSteps()) model.markRead(id)
  expectTotals(await inbox.totals(), model.totals(), 'the inbox')
}

function expectOpen(found: OpenFolder, expected: OpenFolder): void {
  expectList(found.messages, expected.messages)
  verify(found.unread.join() === expected.unread.join(), `${found.unread.join()} unread messages`)
}

function expectList(found: readonly ListedMessage[], expected: readonly ListedMessage[]): void {
  expectRows(found, expected, ['id', 'subject', 'preview', 'sent', 'unread', 'name'], 'messages')
}
