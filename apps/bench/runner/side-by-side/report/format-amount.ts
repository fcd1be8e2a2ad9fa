import type { Unit } from '../../../src/side-by-side/workload.ts'

/** An amount as it is read, with its unit: '1.23 ms', '45,600/s', '3 runs'. */
export function formatAmount(unit: Unit, value: number): string {
  if (unit === 'runs')
    return value === 0 ? 'none' : `${formatNumber(unit, value)} ${value === 1 ? 'run' : 'runs'}`
  return unit === 'a second' ? `${formatNumber(unit, value)}/s` : `${formatNumber(unit, value)} ${unit}`
}

export function formatRange(unit: Unit, min: number, max: number): string {
  const [from, to] = [formatNumber(unit, min), formatNumber(unit, max)]
  return from === to ? from : `${from} – ${to}`
}

/** With three digits that matter, as more of them are noise. What is counted is exact. */
export function formatNumber(unit: Unit, value: number): string {
  if (unit === 'runs') return value.toLocaleString('en', { maximumFractionDigits: 1 })
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3
  return value.toLocaleString('en', {
    minimumFractionDigits: value === 0 ? 0 : digits,
    maximumFractionDigits: digits,
  })
}

/** '1.4×', and '1×' of the best alone. */
export function formatTimes(times: number): string {
  if (times === 1) return '1×'
  const digits = times >= 100 ? 0 : times >= 10 ? 1 : 2
  return `${times.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })}×`
}
