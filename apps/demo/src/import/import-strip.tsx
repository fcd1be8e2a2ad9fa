import type { ReactNode } from 'react'
import { formatCount } from '../common/format.ts'
import { importer } from './importer.ts'
import { useImport } from './use-import.ts'
import styles from './import-strip.module.css'

/** How far the import is, with its one button; nothing once it is complete. Its height is kept. */
export function ImportStrip(): ReactNode {
  const state = useImport()
  if (state.phase === 'unknown' || state.phase === 'complete') return <div className={styles.strip} />

  const { phase, done, total } = state
  const isRunning = phase === 'running' || phase === 'stopping'
  return (
    <div className={styles.strip}>
      <div className={styles.line}>
        <p className={styles.label} id="import-label">
          {phase === 'failed' ? (
            <span className={styles.error} role="alert">
              The import failed. {state.error.message.split('\n')[0]}
            </span>
          ) : (
            <>
              {isRunning ? 'Importing' : 'Import stopped at'} <strong>{formatCount(done)}</strong> of{' '}
              {formatCount(total)}
            </>
          )}
        </p>
        {isRunning ? (
          <button type="button" className="button" disabled={phase === 'stopping'} onClick={importer.stop}>
            Cancel
          </button>
        ) : (
          <button type="button" className="button button-primary" onClick={() => void importer.start()}>
            {phase === 'failed' ? 'Try again' : 'Resume'}
          </button>
        )}
      </div>
      <progress
        aria-labelledby="import-label"
        className={styles.bar}
        data-phase={phase}
        value={done}
        max={total}
      />
    </div>
  )
}
