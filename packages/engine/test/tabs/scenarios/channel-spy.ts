import { runInTab } from '../browsers/call-tab.ts'
import type { Tab } from '../browsers/tab.ts'

declare let spied: { readonly channel: BroadcastChannel; readonly messages: unknown[] }[]

/** Listens to all channels of a database from a page that does not have it, and posts on them. */
export class ChannelSpy {
  readonly #tab: Tab

  constructor(tab: Tab) {
    this.#tab = tab
  }

  /**
   * Listens to the channel of the database, and to that of each guest. Those have names that nobody can guess:
   * the guests are made to begin anew, which they say on the channel of all.
   */
  async listen(database: string): Promise<void> {
    await runInTab(
      this.#tab,
      async (prefix) => {
        const listenTo = (name: string): void => {
          const channel = new BroadcastChannel(name)
          const messages: unknown[] = []
          spied.push({ channel, messages })
          channel.addEventListener('message', ({ data }) => {
            messages.push(data)
            const { kind, attempt } = data as { readonly kind?: string; readonly attempt?: string }
            if (kind === 'hello') listenTo(`${prefix}:guest:${attempt}`)
          })
        }
        Object.assign(globalThis, { spied: [] })
        listenTo(prefix)
        const { held = [] } = await navigator.locks.query()
        for (const { name = '' } of held) {
          const [, client] = name.split(`${prefix}:tab:`)
          if (client !== undefined) spied[0]?.channel.postMessage({ kind: 'renew', client })
        }
      },
      `datasync:${encodeURIComponent(database)}`,
    )
  }

  /** How many messages were heard on each channel. */
  heard(): Promise<readonly number[]> {
    return runInTab(this.#tab, () => spied.map(({ messages }) => messages.length), undefined)
  }

  /** Posts all that was heard once more, on the channel on which it was heard. */
  repeat(): Promise<void> {
    return runInTab(
      this.#tab,
      () => {
        for (const { channel, messages } of spied) {
          for (const message of [...messages]) channel.postMessage(message)
        }
      },
      undefined,
    )
  }

  /** Posts all that was heard as an older version of the app would have said it. */
  repeatAged(): Promise<void> {
    return runInTab(
      this.#tab,
      () => {
        const age = (value: unknown): unknown => {
          if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
          if (Array.isArray(value)) return value.map(age)
          const entries = Object.entries(value).map(([key, inner]): [string, unknown] =>
            key === 'version' || key === 'protocol' ? [key, -1] : [key, age(inner)],
          )
          return Object.fromEntries(entries)
        }
        for (const { channel, messages } of spied) {
          for (const message of [...messages]) channel.postMessage(age(message))
        }
      },
      undefined,
    )
  }

  /** Posts what no version has ever said. */
  babble(): Promise<void> {
    return runInTab(
      this.#tab,
      () => {
        const babble = [
          null,
          undefined,
          '',
          'hello',
          0,
          -1,
          [],
          {},
          { type: 'hosting' },
          { kind: 'ready' },
          { type: '__proto__', client: {} },
          { epoch: 'x', sequence: Number.NaN, message: null },
          { epoch: -1, sequence: -1, message: { version: 0, requests: [null] } },
          { epoch: 0, sequence: 2 ** 53, message: { version: 1e9, requests: 'all' } },
          new Uint8Array(1000),
          new Map([[{}, new Error('no')]]),
        ]
        for (const { channel } of spied) {
          for (const message of babble) channel.postMessage(message)
        }
      },
      undefined,
    )
  }
}
