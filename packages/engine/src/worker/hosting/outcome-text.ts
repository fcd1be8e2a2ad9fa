import type { ErrorRecord } from '../../errors.ts'

/** How a write ended, or how far a script has come. */
export type Outcome =
  | { readonly value: unknown }
  | { readonly error: ErrorRecord }
  /** The statements of a script that are done: where the rest begins, in bytes of UTF-8. */
  | { readonly done: number }

/** JSON, with the values of SQLite that it does not know as objects of a single key. */
export function writeOutcome(outcome: Outcome): string {
  return JSON.stringify(outcome, (_key, value: unknown) => {
    if (typeof value === 'bigint') return { $bigint: String(value) }
    if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) }
    if (Object.is(value, -0)) return { $number: '-0' }
    if (value instanceof Uint8Array) return { $bytes: toHex(value) }
    return value
  })
}

/** @see writeOutcome */
export function readOutcome(text: string): Outcome {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value
    if ('$bigint' in value) return BigInt(String(value.$bigint))
    if ('$number' in value) return Number(value.$number)
    if ('$bytes' in value) return fromHex(String(value.$bytes))
    return value
  }) as Outcome
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  )
}
