import type { StopWatching, Tab } from './contender.ts'
import { SELECT_VERSION, UPDATE_ITEM } from './data.ts'
import { sharedNow } from './shared-clock.ts'

/** What a tab that watches the row tells the one that writes it. */
interface Shown {
  readonly version: number
  readonly at: number
}

/** Longer than anyone needs who calls back at all. */
const LIMIT_MS = 5000

/** Tells on a channel of this name each version that the live query shows, and when it did. */
export async function tellShown(tab: Tab, channelName: string): Promise<StopWatching> {
  const channel = new BroadcastChannel(channelName)
  const stop = await tab.watch(SELECT_VERSION, ([version]) => {
    const shown: Shown = { at: sharedNow(), version: Number(version) }
    channel.postMessage(shown)
  })
  return async () => {
    await stop()
    channel.close()
  }
}

/**
 * From each of so many writes, which follow one another once the last is shown and acknowledged, to the
 * callback in the other tab.
 */
export async function timeUntilShown(tab: Tab, channelName: string, writes: number): Promise<number[]> {
  const channel = new BroadcastChannel(channelName)
  const before = Number((await tab.first(SELECT_VERSION))[0])
  const durations: number[] = []
  for (let version = before + 1; version <= before + writes; version++) {
    const shown = untilShown(channel, version)
    const start = sharedNow()
    const [at] = await Promise.all([shown, tab.run(UPDATE_ITEM, [version])])
    if (at < start) throw new Error('the clocks of the pages are not the same')
    durations.push(at - start)
  }
  channel.close()
  return durations
}

function untilShown(channel: BroadcastChannel, version: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = new AbortController()
    const timer = setTimeout(() => {
      ended.abort()
      reject(new Error(`a write was not shown in the other tab within ${LIMIT_MS / 1000} s`))
    }, LIMIT_MS)
    channel.addEventListener(
      'message',
      ({ data }: MessageEvent<Shown>) => {
        if (data.version !== version) return
        clearTimeout(timer)
        ended.abort()
        resolve(data.at)
      },
      { signal: ended.signal },
    )
  })
}
