import { afterEach, expect, test, vi } from 'vitest'
import type { SqliteModule } from '../../src/worker/sqlite/module.ts'
import { suspendable } from '../../src/worker/sqlite/suspendable.ts'
import { suspendingMethod } from '../../src/worker/sqlite/wasm-function.ts'
import { wasmModule } from '../../src/worker/sqlite/wasm-module.ts'
import { nextTask } from '../support/next-task.ts'

const NAMES = ['open_v2', 'close_v2', 'prepare_v3', 'step', 'reset', 'finalize', 'backup_init']
const MORE_NAMES = ['backup_step', 'backup_finish']

afterEach(() => {
  vi.restoreAllMocks()
})

/** SQLite, if each of its calls were this one. */
function moduleOf(call: unknown): SqliteModule {
  const names = [...NAMES, ...MORE_NAMES].map((name) => `sqlite3_${name}`)
  const exports = Object.fromEntries(names.map((name) => [name, call]))
  return suspendable({ wasm: { exports } } as unknown as SqliteModule)
}

function trap(): unknown {
  const I32 = 0x7f
  const module = wasmModule({
    types: [1, 0x60, 1, I32, 1, I32],
    imports: [0],
    exports: [1, 1, 0x66, 0, 0],
    code: { type: 0, body: [0, 0x00, 0x0b] },
  })
  return new WebAssembly.Instance(module).exports['f']
}

function uncaughtErrors(): readonly unknown[] {
  const errors: unknown[] = []
  vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((report) => {
    try {
      report()
    } catch (error) {
      errors.push(error)
    }
  })
  return errors
}

/** What has come of the calls some tasks later. */
async function settled(calls: readonly unknown[]): Promise<readonly unknown[]> {
  const results: unknown[] = []
  for (const call of calls) {
    void Promise.resolve(call).then(
      (value) => results.push(value),
      (error: unknown) => results.push(error),
    )
  }
  for (let i = 0; i < 5; i++) await new Promise<void>(nextTask)
  return results
}

test('a call gives what its method promises', async () => {
  const { exports } = moduleOf(suspendingMethod('i(p)', async (value: number) => value + 1)).wasm
  expect(await exports.sqlite3_step(1)).toBe(2)
  expect(await exports.sqlite3_reset(2)).toBe(3)
})

test('a call while another waits is an uncaught error, and nothing comes of either', async () => {
  const errors = uncaughtErrors()
  const wait = (value: number): Promise<number> => new Promise((resolve) => nextTask(() => resolve(value)))
  const { exports } = moduleOf(suspendingMethod('i(p)', wait)).wasm
  expect(await settled([exports.sqlite3_step(1), exports.sqlite3_step(2)])).toEqual([])
  expect(await settled([exports.sqlite3_step(3)])).toEqual([])
  expect(errors.map(String)).toEqual(['Error: SQLite was called while it waited'])
})

test('a trap is an uncaught error, and nothing comes of any call again', async () => {
  const errors = uncaughtErrors()
  const { wasm, rowLoop } = moduleOf(trap())
  expect(await settled([wasm.exports.sqlite3_step(1)])).toEqual([])
  expect(await settled([wasm.exports.sqlite3_reset(1), rowLoop?.(1, () => true)])).toEqual([])
  expect(errors).toHaveLength(1)
  expect(errors[0]).toBeInstanceOf(WebAssembly.RuntimeError)
})
