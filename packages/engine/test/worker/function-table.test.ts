import { expect, test } from 'vitest'
import { FunctionTable } from '../../src/worker/sqlite/function-table.ts'
import { wasmFunction } from '../../src/worker/sqlite/wasm-function.ts'

test('what is installed is called by its pointer, with integers of 64 bits, and its place is taken again', () => {
  const table = new WebAssembly.Table({ initial: 1, element: 'anyfunc' })
  const functions = new FunctionTable(table)
  const calls: unknown[] = []

  const add = functions.install(wasmFunction('i(pj)', (a: number, b: bigint) => a + Number(b)))
  const note = functions.install(wasmFunction('v(i)', (value: number) => calls.push(value)))

  expect(table.get(add)(1, 2n)).toBe(3)
  expect(table.get(note)(7)).toBeUndefined()
  expect(calls).toEqual([7])

  functions.uninstall(add)
  expect(table.get(add)).toBeNull()
  expect(functions.install(wasmFunction('i(p)', (a: number) => a))).toBe(add)
  expect(table.get(add)(5)).toBe(5)
})
