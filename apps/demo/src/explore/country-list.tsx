import { useEffect, useRef, useState } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { formatCount } from '../common/format.ts'
import { foldText } from '../data/fold-text.ts'
import type { CountryCount } from '../data/place-counts.ts'
import styles from './country-list.module.css'

interface CountryListProps {
  readonly value: string | undefined
  readonly counts: readonly CountryCount[] | undefined
  readonly onChange: (country: string | undefined) => void
}

/** All countries with a place in view, with a bar for how many, to choose one of. */
export function CountryList({ value, counts, onChange }: CountryListProps): ReactNode {
  const list = useRef<HTMLFieldSetElement>(null)
  const [filter, setFilter] = useState('')
  const isCounted = counts !== undefined

  // The chosen country is seen though it was chosen elsewhere: in the address, or on a narrow page.
  useEffect(() => {
    if (!isCounted || value === undefined) return
    list.current?.querySelector(`[value="${value}"]`)?.closest('label')?.scrollIntoView({ block: 'nearest' })
  }, [value, isCounted])

  const wanted = foldText(filter)
  const shown = counts?.filter(({ name }) => ` ${foldText(name)}`.includes(` ${wanted}`))
  const most = counts?.reduce((maximum, { places }) => Math.max(maximum, places), 1) ?? 1

  return (
    <section className={styles.section} aria-labelledby="countries-title">
      <div className={styles.head}>
        <h2 id="countries-title" className={styles.title}>
          Countries
        </h2>
        <button
          type="button"
          className={styles.reset}
          disabled={value === undefined}
          onClick={() => onChange(undefined)}
        >
          Show all
        </button>
      </div>
      <input
        type="text"
        className={styles.filter}
        aria-label="Find a country"
        placeholder="Find a country"
        autoComplete="off"
        spellCheck={false}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <fieldset ref={list} className={styles.list}>
        <legend className="visually-hidden">Country</legend>
        {shown?.map(({ code, name, places }) => (
          <label key={code} className={styles.item} style={{ '--share': places / most } as CSSProperties}>
            <input
              type="radio"
              name="country"
              value={code}
              className="cover"
              checked={code === value}
              onChange={() => onChange(code)}
            />
            <span className={styles.name}>{name}</span>
            <span className={styles.places}>{formatCount(places)}</span>
          </label>
        ))}
        {shown?.length === 0 ? <p className={styles.empty}>No country here.</p> : null}
      </fieldset>
    </section>
  )
}
