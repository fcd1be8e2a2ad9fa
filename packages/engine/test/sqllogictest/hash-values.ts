import { createMD5 } from 'hash-wasm'

const md5 = await createMD5()

/** MD5 of the values, each with a line end: node:crypto has it in Node alone, and no browser has any. */
export function hashValues(values: readonly string[]): string {
  md5.init()
  for (const value of values) md5.update(`${value}\n`)
  return md5.digest('hex')
}
