/** How much of something a normal run does, and a long one (`pnpm test:long`). */
export function byMode(amounts: { readonly normal: number; readonly long: number }): number {
  return import.meta.env.MODE === 'long' ? amounts.long : amounts.normal
}
