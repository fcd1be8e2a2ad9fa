const ONES = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** Text of changing length for a number below a million, as SQLite's own speed test has it. */
export function numberInWords(value: number): string {
  if (value === 0) return 'zero'
  const thousands = Math.floor(value / 1000)
  const words = thousands > 0 ? [...hundreds(thousands), 'thousand'] : []
  return [...words, ...hundreds(value % 1000)].join(' ')
}

function hundreds(value: number): readonly string[] {
  const rest = value % 100
  const words = value >= 100 ? [ONES[Math.floor(value / 100)], 'hundred'] : []
  if (rest >= 10 && rest < 20) words.push(TEENS[rest - 10])
  else words.push(TENS[Math.floor(rest / 10)], ONES[rest % 10])
  return words.filter((word) => word !== undefined && word !== '') as readonly string[]
}
