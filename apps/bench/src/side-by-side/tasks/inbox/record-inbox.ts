import type { RecordStore, TableShape } from '../../record-store.ts'
import { FOLDERS, makeMessages, makeSenders, type MessageRecord, type SenderRecord } from './inbox-data.ts'
import { PAGE, type Inbox, type ListedMessage } from './inbox.ts'

export const inboxTables: readonly TableShape[] = [
  { name: 'sender', indexes: [] },
  {
    name: 'message',
    indexes: [
      ['folder', 'sent'],
      ['unread', 'folder'],
    ],
  },
]

/** The app on records, which are joined and searched by the page. */
export function recordInbox(store: RecordStore): Inbox {
  return {
    async fill() {
      await store.putAll('sender', makeSenders())
      await store.putAll('message', makeMessages())
    },

    async open(folder) {
      const index = ['folder', 'sent']
      const [found, ...unread] = await Promise.all([
        store.range<MessageRecord>('message', {
          index,
          from: [folder, 0],
          to: [folder, Number.MAX_SAFE_INTEGER],
          isDescending: true,
          limit: PAGE,
        }),
        ...FOLDERS.map((each) => countUnread(store, each)),
      ])
      return { messages: await withNames(store, found), unread }
    },

    async search(word) {
      const messages = await store.all<MessageRecord>('message')
      const found = messages.filter(({ subject }) => subject.includes(word))
      return withNames(store, found.toSorted((a, b) => b.sent - a.sent).slice(0, PAGE))
    },

    markRead: (id) => store.increment('message', id, 'unread', -1),

    async totals() {
      const messages = await store.all<MessageRecord>('message')
      return {
        senders: await store.count('sender'),
        messages: messages.length,
        unread: messages.reduce((sum, { unread }) => sum + unread, 0),
        unreadIds: messages.reduce((sum, { id, unread }) => sum + id * unread, 0),
      }
    },
  }
}

function countUnread(store: RecordStore, folder: number): Promise<number> {
  return store.count('message', { index: ['unread', 'folder'], from: [1, folder], to: [1, folder] })
}

async function withNames(
  store: RecordStore,
  messages: readonly MessageRecord[],
): Promise<readonly ListedMessage[]> {
  const ids = [...new Set(messages.map(({ sender }) => sender))]
  const senders = await store.getMany<SenderRecord>('sender', ids)
  const names = new Map(senders.map((sender) => [sender?.id, sender?.name]))
  return messages.map((message) => ({ ...message, name: names.get(message.sender) ?? '' }))
}
