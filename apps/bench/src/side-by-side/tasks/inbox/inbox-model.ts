import { FOLDERS, makeMessages, makeSenders, type MessageRecord } from './inbox-data.ts'
import { PAGE, type InboxTotals, type ListedMessage, type OpenFolder } from './inbox.ts'

/** What everyone is to find, kept in arrays. */
export class InboxModel {
  readonly #names = new Map(makeSenders().map(({ id, name }) => [id, name]))
  readonly #newestFirst = makeMessages().toSorted((a, b) => b.sent - a.sent)
  readonly #marked = new Set<number>()

  open(folder: number): OpenFolder {
    const inFolder = this.#newestFirst.filter((message) => message.folder === folder)
    return { messages: this.#list(inFolder), unread: FOLDERS.map((each) => this.#unreadIn(each).length) }
  }

  search(word: string): readonly ListedMessage[] {
    return this.#list(this.#newestFirst.filter(({ subject }) => subject.includes(word)))
  }

  markRead(id: number): void {
    this.#marked.add(id)
  }

  /** The id of the newest message of the folder that is not read. */
  firstUnread(folder: number): number {
    const [first] = this.#unreadIn(folder)
    if (first === undefined) throw new Error(`All messages of folder ${folder} are read.`)
    return first.id
  }

  totals(): InboxTotals {
    const unread = this.#newestFirst.filter((message) => this.#isUnread(message))
    return {
      senders: this.#names.size,
      messages: this.#newestFirst.length,
      unread: unread.length,
      unreadIds: unread.reduce((sum, { id }) => sum + id, 0),
    }
  }

  #list(messages: readonly MessageRecord[]): readonly ListedMessage[] {
    return messages.slice(0, PAGE).map((message) => ({
      ...message,
      unread: this.#isUnread(message) ? 1 : 0,
      name: this.#names.get(message.sender) ?? '',
    }))
  }

  #unreadIn(folder: number): readonly MessageRecord[] {
    return this.#newestFirst.filter((message) => message.folder === folder && this.#isUnread(message))
  }

  #isUnread({ id, unread }: MessageRecord): boolean {
    return unread === 1 && !this.#marked.has(id)
  }
}
