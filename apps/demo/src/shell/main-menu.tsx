import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useMutation } from '@datasync/react'
import { Icon } from '../common/icon.tsx'
import { downloadDatabase } from './download-database.ts'
import { Notice } from './notice.tsx'
import { StartOverDialog } from './start-over-dialog.tsx'
import styles from './main-menu.module.css'

export function MainMenu(): ReactNode {
  const menu = useRef<HTMLDivElement>(null)
  const dialog = useRef<HTMLDialogElement>(null)
  const download = useMutation(downloadDatabase)

  const handleDownload = (): void => {
    menu.current?.hidePopover()
    download.mutate()
  }
  const handleStartOver = (): void => {
    menu.current?.hidePopover()
    dialog.current?.showModal()
  }

  return (
    <>
      <button
        type="button"
        className={`icon-button ${styles.trigger}`}
        popoverTarget="main-menu"
        aria-label="Menu"
      >
        <Icon name="menu" />
      </button>
      <div ref={menu} id="main-menu" popover="auto" className={styles.menu}>
        <button type="button" className={styles.item} disabled={download.isPending} onClick={handleDownload}>
          <Icon name="download" />
          Download the database
        </button>
        <a className={styles.item} href="/frameworks/">
          <Icon name="panes" />
          Four frameworks, one database
        </a>
        <button type="button" className={styles.item} onClick={handleStartOver}>
          <Icon name="restart" />
          Start over…
        </button>
        <p className={styles.about}>
          Everything here runs in your browser: a SQLite database with full-text search, and queries that
          follow every change.
        </p>
      </div>
      <StartOverDialog ref={dialog} />
      <Notice
        title="The database could not be downloaded."
        error={download.error}
        onDismiss={download.reset}
      />
    </>
  )
}
