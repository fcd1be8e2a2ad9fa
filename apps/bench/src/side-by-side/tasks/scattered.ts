/** A whole number from 0 on and below this, by a rule that no index and no cache could foresee. */
export function scattered(number: number, below: number): number {
  let bits = Math.imul(number + 1, 0x9e3779b1)
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b)
  return ((bits ^ (bits >>> 13)) >>> 0) % below
}
