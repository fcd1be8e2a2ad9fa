import { onTestFinished } from 'vitest'

/**
 * The names of those globals that are read until the end of the test. An entry of its own, since it is
 * for tests in Node.
 */
export function watchGlobals(...names: readonly string[]): () => readonly string[] {
  const touched: string[] = []
  for (const name of names) {
    const original = Object.getOwnPropertyDescriptor(globalThis, name)
    Object.defineProperty(globalThis, name, { configurable: true, get: () => void touched.push(name) })
    onTestFinished(() => {
      Reflect.deleteProperty(globalThis, name)
      if (original !== undefined) Object.defineProperty(globalThis, name, original)
    })
  }
  return () => touched
}
