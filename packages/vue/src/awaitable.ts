/** What can be used at once, or awaited first, as composables that load something are. */
export function awaitable<Refs extends object>(
  refs: Refs,
  load: () => Promise<void>,
): Refs & PromiseLike<Refs> {
  // The promise gives an object without `then`: one with it would be awaited once more, and so on.
  const loaded = (): Promise<Refs> => load().then(() => refs)
  return { ...refs, then: (fulfilled, rejected) => loaded().then(fulfilled, rejected) }
}
