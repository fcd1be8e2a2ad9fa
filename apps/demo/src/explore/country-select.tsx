import type { ReactNode } from 'react'
import { formatCount } from '../common/format.ts'
import { countryName } from '../data/country-name.ts'
import type { CountryCount } from '../data/place-counts.ts'
import { Select } from './select.tsx'

interface CountrySelectProps {
  readonly value: string | undefined
  readonly counts: readonly CountryCount[] | undefined
  readonly onChange: (country: string | undefined) => void
}

export function CountrySelect({ value, counts = [], onChange }: CountrySelectProps): ReactNode {
  const options = [
    { value: '', label: 'All countries' },
    ...counts.map(({ code, name, places }) => ({ value: code, label: `${name} (${formatCount(places)})` })),
  ]
  // The chosen country stays to be seen though nothing in view lies in it.
  if (value !== undefined && options.every((option) => option.value !== value)) {
    options.push({
      value,
      label: `${countryName(value)} (0)`,
    })
  }
  return (
    <Select
      label="Country"
      value={value ?? ''}
      options={options}
      onChange={(code) => onChange(code === '' ? undefined : code)}
    />
  )
}
