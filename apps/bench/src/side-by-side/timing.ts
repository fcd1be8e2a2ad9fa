/** How often something is done: first until the code of everyone is compiled, then as it is measured. */
export interface Repeats {
  readonly warmUp: number
  readonly measured: number
  /** Times that are measured together and shared out, where one alone is too short for the clock of a page. */
  readonly together?: number
}

/** Milliseconds of each, one after another. */
export async function timeEach(
  { warmUp, measured, together = 1 }: Repeats,
  work: (index: number) => Promise<unknown>,
): Promise<readonly number[]> {
  const times: number[] = []
  for (let index = 0; index < warmUp; index++) await work(index)
  for (let index = warmUp; index < warmUp + measured; index += together) {
    const start = performance.now()
    for (let next = index; next < index + together; next++) await work(next)
    times.push((performance.now() - start) / together)
  }
  return times
}

/** How many a second, of so many at once. */
export async function ratesAtOnce(
  { rounds, atOnce }: { readonly rounds: number; readonly atOnce: number },
  work: (index: number) => Promise<unknown>,
): Promise<readonly number[]> {
  const rates: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await Promise.all(Array.from({ length: atOnce }, (_, index) => work(round * atOnce + index)))
    rates.push((atOnce / (performance.now() - start)) * 1000)
  }
  return rates
}
