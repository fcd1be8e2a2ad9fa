/**
 * Work that goes through in one go unless the storage makes it wait: a generator that yields what it
 * waits for. It does nothing until somebody runs it, or hands it on by `yield*`.
 */
export type Task<T> = Generator<Promise<unknown>, T, unknown>

/** Waits for a value that may still be on its way. A rejection is thrown where it is waited for. */
export function* waitFor<T>(value: T | Promise<T>): Task<T> {
  return value instanceof Promise ? ((yield value) as T) : value
}

/** A task that may turn out to be done already, so that the frequent case costs no generator. */
export type MaybeTask = Task<void> | undefined

/** Runs a task as far as it goes: its result, or what it throws, at once if nothing had to be waited for. */
export function runTask<T>(task: Task<T>): T | Promise<T> {
  const { done, value } = task.next()
  return done === true ? value : resume(task, value)
}

async function resume<T>(task: Task<T>, first: Promise<unknown>): Promise<T> {
  let pending = first
  for (;;) {
    const step = await pending.then(
      (value) => task.next(value),
      (error: unknown) => task.throw(error),
    )
    if (step.done === true) return step.value
    pending = step.value
  }
}
