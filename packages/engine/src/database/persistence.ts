/** Those that were asked on this page. */
const asked = new WeakSet<StorageManager>()

/**
 * Asks the browser, once on a page, not to drop its data when it is short of room: as soon as there is
 * something to keep and the user has done something here, which is when browsers say yes. Firefox
 * puts the question to the user, so that there it is left to the app, which can say why. Answers whether
 * the data is kept now; undefined if nothing was asked.
 */
export async function requestPersistence(): Promise<boolean | undefined> {
  const { navigator } = globalThis
  const storage: StorageManager | undefined = navigator?.storage
  if (typeof storage?.persist !== 'function' || asked.has(storage)) return undefined
  if (!navigator.userActivation?.hasBeenActive || navigator.userAgent.includes('Firefox/')) return undefined
  asked.add(storage)
  try {
    return (await storage.persisted()) || (await storage.persist())
  } catch {
    // As in a frame that may not.
    return undefined
  }
}
