import { timed } from '../../task.ts'

/** Milliseconds of each round but those to warm up, all of them numbered from 0 on. */
export async function rounds(
  { warmUp, measured }: { readonly warmUp: number; readonly measured: number },
  work: (round: number) => Promise<unknown>,
): Promise<readonly number[]> {
  const milliseconds: number[] = []
  for (let round = 0; round < warmUp + measured; round++) {
    milliseconds.push(await timed(() => work(round)))
  }
  return milliseconds.slice(warmUp)
}
