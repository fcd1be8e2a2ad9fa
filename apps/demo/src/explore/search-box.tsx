import { useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Icon } from '../common/icon.tsx'
import { useHotkey } from '../common/use-hotkey.ts'
import styles from './search-box.module.css'

interface SearchBoxProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

export function SearchBox({ value, onChange }: SearchBoxProps): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  useHotkey('/', () => input.current?.focus())

  const clear = (): void => {
    onChange('')
    input.current?.focus()
  }
  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && value !== '') onChange('')
  }

  return (
    <search className={styles.box}>
      <Icon name="search" />
      <input
        ref={input}
        className={styles.input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        aria-label="Search places and regions"
        aria-keyshortcuts="/"
        placeholder="Search places and regions"
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="none"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={handleKeyDown}
      />
      {value === '' ? (
        <kbd aria-hidden="true" className={styles.hint}>
          /
        </kbd>
      ) : (
        <button type="button" className={styles.clear} aria-label="Clear the search" onClick={clear}>
          <Icon name="close" />
        </button>
      )}
    </search>
  )
}
