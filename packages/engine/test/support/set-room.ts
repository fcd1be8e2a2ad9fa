import type { CDPSession } from '@vitest/browser-playwright'
import { cdp } from 'vitest/browser'

/** Lets this origin use so many bytes more than it does, or as many as it ever could. */
export async function setRoom(bytes: number | undefined): Promise<void> {
  const { usage = 0 } = await navigator.storage.estimate()
  const session: CDPSession = cdp()
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: location.origin,
    ...(bytes === undefined ? {} : { quotaSize: usage + bytes }),
  })
}
