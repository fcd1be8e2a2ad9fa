import { sharedChannel } from '../../tabs/tab-names.ts'
import { readTabNews, type TabNews } from '../../tabs/tab-news.ts'

/**
 * Answers the tabs that seek the host of a database whose lock is held, but which nobody hosts: that one is about
 * to, or (`occupied`) that it is used by one alone. Returns the function that ends it.
 */
export function occupy(name: string, answer: 'alive' | 'occupied'): () => void {
  if (typeof BroadcastChannel !== 'function') return () => undefined
  const channel = new BroadcastChannel(sharedChannel(name))
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const { kind } = readTabNews(data) ?? {}
    if (kind === 'ping' || kind === 'hello') channel.postMessage({ kind: answer } satisfies TabNews)
  })
  return () => channel.close()
}
