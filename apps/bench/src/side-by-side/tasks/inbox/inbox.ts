/** A message as a list shows it. */
export interface ListedMessage {
  readonly id: number
  readonly subject: string
  readonly preview: string
  readonly sent: number
  readonly unread: number
  /** Whose it is. */
  readonly name: string
}

/** What is on the screen when a folder is open. */
export interface OpenFolder {
  /** The newest, and how many are unread in each folder. */
  readonly messages: readonly ListedMessage[]
  readonly unread: readonly number[]
}

/** Counts and sums by which a lost or a double write is told. */
export interface InboxTotals {
  readonly senders: number
  readonly messages: number
  readonly unread: number
  /** Sum of the ids of the unread. */
  readonly unreadIds: number
}

/** The app, with its messages in whatever keeps them. */
export interface Inbox {
  fill(): Promise<void>
  open(folder: number): Promise<OpenFolder>
  /** The newest of all folders with this in their subject. */
  search(word: string): Promise<readonly ListedMessage[]>
  markRead(id: number): Promise<void>
  totals(): Promise<InboxTotals>
}

/** How many messages a list shows. */
export const PAGE = 50
