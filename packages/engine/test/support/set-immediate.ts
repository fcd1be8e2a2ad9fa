import { createMacrotasks } from '../../src/testing/macrotasks.ts'

// The turns of Node, which tests of the engine in one thread count by, in browsers.
const tasks = createMacrotasks()
Object.assign(globalThis, { setImmediate: (task: () => void) => tasks.add(task) })
