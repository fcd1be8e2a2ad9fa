import { startQuietTimer } from '../quiet-timer.ts'

/** What a promise gives within some milliseconds; undefined where it takes longer, or is rejected. */
export async function within<Value>(ms: number, promise: PromiseLike<Value>): Promise<Value | undefined> {
  let stop = (): void => undefined
  const timeout = new Promise<undefined>((resolve) => {
    stop = startQuietTimer(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([promise, timeout])
  } catch {
    return undefined
  } finally {
    stop()
  }
}
