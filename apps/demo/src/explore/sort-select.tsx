import type { ReactNode } from 'react'
import { SORT_COLUMNS, sortToText, textToSort } from '../view/view.ts'
import type { Sort, SortColumn } from '../view/view.ts'
import { Select } from './select.tsx'

const DIRECTIONS: Readonly<Record<SortColumn, readonly [ascending: string, descending: string]>> = {
  name: ['Name, A to Z', 'Name, Z to A'],
  region: ['Region, A to Z', 'Region, Z to A'],
  country: ['Country, A to Z', 'Country, Z to A'],
  latitude: ['South to north', 'North to south'],
  longitude: ['West to east', 'East to west'],
}

const OPTIONS = [
  { label: 'Default order', value: '' },
  ...SORT_COLUMNS.flatMap((column) =>
    DIRECTIONS[column].map((label, index) => ({
      label,
      value: sortToText({ column, descending: index === 1 }),
    })),
  ),
]

interface SortSelectProps {
  readonly value: Sort | undefined
  readonly onChange: (sort: Sort | undefined) => void
}

export function SortSelect({ value, onChange }: SortSelectProps): ReactNode {
  return (
    <Select
      label="Order"
      value={sortToText(value)}
      options={OPTIONS}
      onChange={(text) => onChange(textToSort(text))}
    />
  )
}
