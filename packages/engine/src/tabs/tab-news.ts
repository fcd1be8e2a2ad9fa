import { PROTOCOL_VERSION } from '../link/protocol.ts'

/** What a tab has to agree on with the host that it works with. */
export interface TabVersion {
  readonly protocol: number
  /** 0 for a page that leaves the schema to others. */
  readonly migrations: number
}

/**
 * What the tabs of a database tell each other on the channel that they share. Tabs of any two versions of this
 * package hear it: what is here keeps its meaning for ever, and what a tab does not know it ignores.
 */
export type TabNews =
  /** A tab wants to be a guest of whoever hosts, on a channel that is named by `attempt`. */
  | ({ readonly kind: 'hello'; readonly client: string; readonly attempt: string } & TabVersion)
  /** A tab has begun to host, or does. */
  | ({ readonly kind: 'hosting'; readonly epoch: string } & TabVersion)
  /** A tab's worker is ready to host next. */
  | { readonly kind: 'ready'; readonly client: string; readonly isVisible: boolean }
  /** A guest has waited for long. It says how many messages it has sent, and received, in which epoch. */
  | {
      readonly kind: 'ping'
      readonly client: string
      readonly epoch: string
      readonly sent: number
      readonly received: number
    }
  /** The host, or its page, lives. To a guest that is told of: how many messages were sent to it. */
  | { readonly kind: 'alive'; readonly client?: string | undefined; readonly sent?: number | undefined }
  /** Something that this guest or its host has sent has not arrived: it is to begin anew. */
  | { readonly kind: 'renew'; readonly client: string }
  /** The database is attached to another one, or used by a worker of the app: nobody hosts it. */
  | { readonly kind: 'occupied' }
  | { readonly kind: 'deleted' }

/** A message of a guest to its host, or back. Each side counts its own from 1; the host's first comes unasked. */
export interface Envelope<Message> {
  readonly epoch: string
  readonly sequence: number
  readonly message: Message
}

const FIELDS: Readonly<Record<TabNews['kind'], Readonly<Record<string, 'string' | 'number' | 'boolean'>>>> = {
  hello: { client: 'string', attempt: 'string', protocol: 'number', migrations: 'number' },
  hosting: { epoch: 'string', protocol: 'number', migrations: 'number' },
  ready: { client: 'string', isVisible: 'boolean' },
  ping: { client: 'string', epoch: 'string', sent: 'number', received: 'number' },
  alive: {},
  renew: { client: 'string' },
  occupied: {},
  deleted: {},
}

/** News that came on a channel on which anybody of the origin can say anything; undefined if it is none. */
export function readTabNews(data: unknown): TabNews | undefined {
  if (!isRecord(data) || typeof data.kind !== 'string' || !Object.hasOwn(FIELDS, data.kind)) return undefined
  const fields = Object.entries(FIELDS[data.kind as TabNews['kind']])
  return fields.every(([field, type]) => typeof data[field] === type)
    ? (data as unknown as TabNews)
    : undefined
}

/** The same for an envelope whose message has these lists. What is in them is the business of the version. */
export function readEnvelope<Message extends { readonly version: number }>(
  data: unknown,
  lists: readonly (keyof Message & string)[],
): Envelope<Message> | undefined {
  if (!isRecord(data) || typeof data.epoch !== 'string' || typeof data.sequence !== 'number') return undefined
  const { message } = data
  if (!isRecord(message) || message.version !== PROTOCOL_VERSION) return undefined
  const isWhole = lists.every((list) => {
    const values = message[list]
    return Array.isArray(values) && values.every(isRecord)
  })
  return isWhole ? (data as unknown as Envelope<Message>) : undefined
}

/** Whether `other` is of a later version of the app than `own`. */
export function isNewer(other: TabVersion, own: TabVersion): boolean {
  if (other.protocol !== own.protocol) return other.protocol > own.protocol
  return own.migrations > 0 && other.migrations > own.migrations
}

/** Whether a tab of one version can be the guest of one of the other. */
export function isCompatible(a: TabVersion, b: TabVersion): boolean {
  return a.protocol === b.protocol && !isNewer(a, b) && !isNewer(b, a)
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null
}
