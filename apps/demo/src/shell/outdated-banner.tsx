import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { useDatabase } from '@datasync/react'
import { Icon } from '../common/icon.tsx'
import styles from './outdated-banner.module.css'

/** Shown once a newer version of the page is open in another tab: this one still shows what it had. */
export function OutdatedBanner(): ReactNode {
  const database = useDatabase()
  const [isOutdated, setOutdated] = useState(false)
  useEffect(() => database.onOutdated(() => setOutdated(true)), [database])

  return (
    <div role="alert" className={styles.place}>
      {isOutdated ? (
        <div className={styles.banner}>
          <Icon name="restart" />
          <p className={styles.text}>
            <strong>A new version is here.</strong> Reload to go on.
          </p>
          <button type="button" className="button button-primary" onClick={() => location.reload()}>
            Reload
          </button>
        </div>
      ) : null}
    </div>
  )
}
