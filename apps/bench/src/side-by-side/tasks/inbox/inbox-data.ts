import { scattered } from '../scattered.ts'

export const FOLDERS: readonly number[] = [0, 1, 2, 3]
const SENDERS = 200
const MESSAGES = 10_000

/** Each in the subject of about one message of fourteen. */
export const WORDS: readonly string[] = (
  'invoice meeting holiday budget release contract garden ticket report weather kitchen harvest station ' +
  'museum letter bicycle concert library market picture quarter recipe shipment theatre umbrella village ' +
  'window yoghurt zebra answer bridge candle desert engine forest guitar hotel island journey kettle'
).split(' ')

export interface SenderRecord {
  readonly id: number
  readonly name: string
  readonly address: string
}

export interface MessageRecord {
  readonly id: number
  readonly folder: number
  /** The id of the sender. */
  readonly sender: number
  readonly subject: string
  readonly preview: string
  /** Seconds of the Unix epoch, no two alike. */
  readonly sent: number
  /** 1 or 0, of which an index can be had everywhere. */
  readonly unread: number
}

export function makeSenders(): readonly SenderRecord[] {
  return Array.from({ length: SENDERS }, (_, index) => {
    const id = index + 1
    return { id, name: `${wordAt(id)} ${wordAt(-id)} ${id}`, address: `sender-${id}@example.com` }
  })
}

export function makeMessages(): readonly MessageRecord[] {
  return Array.from({ length: MESSAGES }, (_, index) => {
    const id = index + 1
    const words = Array.from({ length: 20 }, (__, word) => wordAt(id * 20 + word))
    return {
      id,
      folder: scattered(id, FOLDERS.length),
      sender: scattered(id * 3, SENDERS) + 1,
      subject: `${words.slice(0, 3).join(' ')} ${id}`,
      preview: words.slice(3).join(' '),
      // 7919 and the number of messages have no factor in common.
      sent: 1_700_000_000 + ((id * 7919) % MESSAGES) * 600,
      unread: scattered(id * 7, 10) < 3 ? 1 : 0,
    }
  })
}

function wordAt(number: number): string {
  return WORDS[scattered(number, WORDS.length)] ?? ''
}
