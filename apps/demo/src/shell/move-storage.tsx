import type { ReactNode } from 'react'
import { useState } from 'react'
import { useDatabase } from '@datasync/react'
import { describeError } from '../common/describe-error.ts'
import styles from './move-storage.module.css'

/** Moves the data between the two stores of the browser, under everything that shows it. */
export function MoveStorage({ backend }: { readonly backend: 'opfs' | 'indexeddb' }): ReactNode {
  const database = useDatabase()
  const [state, setState] = useState<'idle' | 'moving' | { readonly failure: string }>('idle')
  const target = backend === 'opfs' ? 'indexeddb' : 'opfs'

  async function move(): Promise<void> {
    setState('moving')
    try {
      await database.moveTo(target)
      setState('idle')
    } catch (error) {
      setState({ failure: describeError(error) })
    }
  }

  return (
    <>
      <button type="button" className={styles.move} disabled={state === 'moving'} onClick={() => void move()}>
        {state === 'moving' ? 'Moving…' : `Move to ${target === 'opfs' ? 'files' : 'IndexedDB'}`}
      </button>
      {typeof state === 'object' ? (
        <p role="alert" className={styles.failure}>
          {state.failure}
        </p>
      ) : null}
    </>
  )
}
