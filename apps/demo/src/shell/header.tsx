import type { ReactNode } from 'react'
import { SearchBox } from '../explore/search-box.tsx'
import { MainMenu } from './main-menu.tsx'
import { Wordmark } from './wordmark.tsx'
import styles from './header.module.css'

interface HeaderProps {
  readonly search: string
  readonly onSearch: (search: string) => void
}

export function Header({ search, onSearch }: HeaderProps): ReactNode {
  return (
    <header className={styles.header}>
      <Wordmark />
      <SearchBox value={search} onChange={onSearch} />
      <MainMenu />
    </header>
  )
}
