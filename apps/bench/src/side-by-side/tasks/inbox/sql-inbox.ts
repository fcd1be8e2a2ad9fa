import type { SqlSession } from '../../sql-session.ts'
import { FOLDERS, makeMessages, makeSenders } from './inbox-data.ts'
import { PAGE, type Inbox, type InboxTotals, type ListedMessage } from './inbox.ts'

const CREATE: readonly string[] = [
  'create table sender (id integer primary key, name text not null, address text not null)',
  `create table message (
    id integer primary key, folder integer not null, sender integer not null, subject text not null,
    preview text not null, sent integer not null, unread integer not null
  )`,
  'create index message_by_folder on message (folder, sent)',
  'create index message_by_unread on message (unread, folder)',
]

const LISTED = `
  select message.id, subject, preview, sent, unread, name
  from message join sender on sender.id = message.sender`
const SELECT_FOLDER = `${LISTED} where folder = ? order by sent desc limit ${PAGE}`
const SELECT_FOUND = `${LISTED} where subject like ? order by sent desc limit ${PAGE}`
const COUNT_UNREAD = 'select folder, count(*) as unread from message where unread = 1 group by folder'
const MARK_READ = 'update message set unread = 0 where id = ?'
const SELECT_TOTALS = `
  select (select count(*) from sender) as senders, count(*) as messages, sum(unread) as unread,
    sum(id * unread) as unread_ids
  from message`

/** The app on tables, which are joined and counted by statements. */
export function sqlInbox(session: SqlSession): Inbox {
  return {
    async fill() {
      await session.script(CREATE, 'one')
      const senders = makeSenders().map(({ id, name, address }) => [id, name, address])
      await session.insertRows('sender', ['id', 'name', 'address'], senders)
      const columns = ['id', 'folder', 'sender', 'subject', 'preview', 'sent', 'unread']
      const messages = makeMessages().map((message) => [
        message.id,
        message.folder,
        message.sender,
        message.subject,
        message.preview,
        message.sent,
        message.unread,
      ])
      await session.insertRows('message', columns, messages)
    },

    async open(folder) {
      const messages = (await session.query(SELECT_FOLDER, [folder])) as unknown as readonly ListedMessage[]
      const counts = new Map<number, number>()
      for (const row of await session.query(COUNT_UNREAD))
        counts.set(Number(row['folder']), Number(row['unread']))
      return { messages, unread: FOLDERS.map((each) => counts.get(each) ?? 0) }
    },

    async search(word) {
      return (await session.query(SELECT_FOUND, [`%${word}%`])) as unknown as readonly ListedMessage[]
    },

    markRead: (id) => session.run(MARK_READ, [id]),

    async totals(): Promise<InboxTotals> {
      const [row] = await session.query(SELECT_TOTALS)
      return {
        senders: Number(row?.['senders']),
        messages: Number(row?.['messages']),
        unread: Number(row?.['unread']),
        unreadIds: Number(row?.['unread_ids']),
      }
    },
  }
}
