/** A list of numbers, or an object of them, which is what JSON makes of a Uint8Array. */
export function bytesOfNumbers(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const numbers: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  if (!numbers.every((number) => Number.isInteger(number) && Number(number) >= 0 && Number(number) <= 255))
    return undefined
  return Uint8Array.from(numbers as readonly number[])
}
