import type { ReactNode, RefObject } from 'react'
import type { Database } from '@datasync/engine'
import { useMutation } from '@datasync/react'
import { describeError } from '../common/describe-error.ts'
import styles from './start-over-dialog.module.css'

export function StartOverDialog({ ref }: { readonly ref: RefObject<HTMLDialogElement | null> }): ReactNode {
  const deletion = useMutation(startOver)
  return (
    <dialog ref={ref} className={styles.dialog} aria-labelledby="start-over-title">
      <h2 id="start-over-title" className={styles.title}>
        Delete everything and start over?
      </h2>
      <p className={styles.text}>
        The database with your notes and favourites is deleted from this browser. The places are then imported
        again.
      </p>
      {deletion.error === undefined ? null : (
        <p role="alert" className={styles.error}>
          {describeError(deletion.error)}
        </p>
      )}
      <form method="dialog" className={styles.actions}>
        <button type="submit" className="button" disabled={deletion.isPending}>
          Keep it
        </button>
        <button
          type="button"
          className="button button-primary"
          disabled={deletion.isPending}
          onClick={() => deletion.mutate()}
        >
          Delete and start over
        </button>
      </form>
    </dialog>
  )
}

async function startOver(database: Database): Promise<void> {
  await database.delete()
  history.replaceState(null, '', location.pathname)
  location.reload()
}
