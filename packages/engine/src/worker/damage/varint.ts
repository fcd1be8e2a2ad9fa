/** Reads a number of SQLite's variable length: at most 9 bytes, big-endian, 7 bits a byte. */
export function readVarint(bytes: Uint8Array, at: number): { readonly value: bigint; readonly end: number } {
  let value = 0n
  for (let index = 0; index < 8; index++) {
    const byte = bytes[at + index] ?? 0
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) return { value, end: at + index + 1 }
  }
  return { value: (value << 8n) | BigInt(bytes[at + 8] ?? 0), end: at + 9 }
}

export function varint(value: bigint): readonly number[] {
  const rest = BigInt.asUintN(64, value)
  if (rest >= 1n << 56n) {
    const bytes = Array.from({ length: 8 }, (_, index) =>
      Number(((rest >> BigInt(8 + 7 * (7 - index))) & 0x7fn) | 0x80n),
    )
    return [...bytes, Number(rest & 0xffn)]
  }
  const bytes = [Number(rest & 0x7fn)]
  for (let left = rest >> 7n; left > 0n; left >>= 7n) bytes.unshift(Number((left & 0x7fn) | 0x80n))
  return bytes
}
