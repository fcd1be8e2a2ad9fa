import { useEffect, useState } from 'react'
import { DataSyncError, type StorageMetrics } from '@datasync/engine'
import { useDatabase } from '@datasync/react'

/** Milliseconds between two looks at the storage. */
const PAUSE = 1000

/** What the storage has done, looked at while it is shown; undefined before the first look. */
export function useStorageMetrics(): StorageMetrics | undefined {
  const database = useDatabase()
  const [metrics, setMetrics] = useState<StorageMetrics>()
  useEffect(() => {
    let isShown = true
    const look = (): void => {
      database.metrics().then(
        (latest) => {
          if (isShown) setMetrics(latest)
        },
        // Why the database cannot be asked is said elsewhere; what was last known stays.
        (error: unknown) => {
          if (error instanceof DataSyncError && error.code === 'outdated') clearInterval(timer)
        },
      )
    }
    const timer = setInterval(look, PAUSE)
    look()
    return () => {
      isShown = false
      clearInterval(timer)
    }
  }, [database])
  return metrics
}
