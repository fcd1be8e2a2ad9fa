import { createMacrotasks } from '../../src/testing/macrotasks.ts'

const tasks = createMacrotasks()

/** Runs a task after what has been scheduled by now, in Node and in a browser. */
export function nextTask(task: () => void): void {
  if (typeof setImmediate === 'function') setImmediate(task)
  else tasks.add(task)
}
