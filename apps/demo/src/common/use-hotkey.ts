import { useEffect, useEffectEvent } from 'react'

/** Calls back when `key` is pressed alone anywhere but where text is being written. */
export function useHotkey(key: string, callback: () => void): void {
  const handleKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof Element && event.target.closest('input, textarea, select, dialog') !== null)
      return
    event.preventDefault()
    callback()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => handleKeyDown(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
