/** How often something is killed: so often in a normal run, and in a long one (`pnpm test:long`). */
export function killRounds(rounds: { readonly normal: number; readonly long: number }): number {
  return import.meta.env.MODE === 'long' ? rounds.long : rounds.normal
}
