const integers = new Intl.NumberFormat('en')
const degrees = new Intl.NumberFormat('en', { minimumFractionDigits: 3, maximumFractionDigits: 3 })
const milliseconds = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

export function formatCount(count: number): string {
  return integers.format(count)
}

/** `1 place`, `171,075 places`. */
export function formatAmount(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

export function formatLatitude(latitude: number): string {
  return `${degrees.format(Math.abs(latitude))}° ${latitude < 0 ? 'S' : 'N'}`
}

export function formatLongitude(longitude: number): string {
  return `${degrees.format(Math.abs(longitude))}° ${longitude < 0 ? 'W' : 'E'}`
}

export function formatMilliseconds(duration: number): string {
  return `${milliseconds.format(duration)} ms`
}

export function formatBytes(bytes: number): string {
  const exponent = Math.min(byteUnits.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const unit = byteUnits[exponent] ?? 'byte'
  const value = bytes / 1000 ** exponent
  const format = { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 } as const
  return new Intl.NumberFormat('en', format).format(value)
}
