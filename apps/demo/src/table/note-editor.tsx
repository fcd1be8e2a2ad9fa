import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import styles from './note-cell.module.css'

interface NoteEditorProps {
  readonly label: string
  readonly value: string
  readonly onSave: (body: string) => void
  /** `withKey`: by Enter or Escape, so that the focus goes back to where it came from. */
  readonly onClose: (withKey: boolean) => void
}

/**
 * Saves on Enter, when the focus leaves, and when its row goes away under it, as rows do while
 * places are imported. Escape leaves the note as it was.
 */
export function NoteEditor({ label, value, onSave, onClose }: NoteEditorProps): ReactNode {
  const [draft, setDraft] = useState<string | undefined>(undefined)
  // To close moves the focus away, which would save once more, or save what Escape gave up.
  const isSettled = useRef(false)
  const save = (): void => {
    if (isSettled.current || draft === undefined || draft === value) return
    isSettled.current = true
    onSave(draft)
  }
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])

  const saveUnsaved = useEffectEvent(save)
  useEffect(() => () => saveUnsaved(), [])

  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      save()
      onClose(true)
    } else if (event.key === 'Escape') {
      isSettled.current = true
      onClose(true)
    }
  }
  return (
    <input
      ref={input}
      type="text"
      className={styles.editor}
      aria-label={label}
      enterKeyHint="done"
      maxLength={500}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={handleKeyDown}
      onBlur={() => {
        save()
        onClose(false)
      }}
    />
  )
}
