/** How long anything may take that tabs do, in milliseconds: far longer than it takes on a busy machine. */
const BOUND = 20_000

/** What a promise comes to, or an error that says what did not happen in time. */
export async function inTime<Result>(what: string, promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${BOUND} ms.`)), BOUND)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Asks again until nothing is wanting any more; what is wanting in the end is the error. */
export async function untilNothing(ask: () => Promise<readonly string[]>): Promise<void> {
  const end = performance.now() + BOUND
  for (;;) {
    const wanting = await ask()
    if (wanting.length === 0) return
    if (performance.now() > end) throw new Error(`After ${BOUND} ms: ${wanting.join('; ')}.`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
