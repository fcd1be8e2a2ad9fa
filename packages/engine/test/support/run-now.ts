import { runTask, type Task } from '../../src/worker/task.ts'

/** Runs a task that has nothing to wait for. */
export function runNow<Result>(task: Task<Result>): Result {
  const result = runTask(task)
  if (result instanceof Promise) throw new Error('The task had to wait')
  return result
}
