/** Rejects what has not settled in time. `reason` is asked only then. */
export async function within<Result>(
  milliseconds: number,
  work: Promise<Result>,
  reason: () => string,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(reason())), milliseconds)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
