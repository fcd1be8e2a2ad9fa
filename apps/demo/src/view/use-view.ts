import { useCallback, useEffect, useState } from 'react'
import type { View } from './view.ts'
import { queryStringToView, viewToQueryString } from './view-url.ts'

/** Browsers refuse to change the address more than some 100 times in half a minute. */
const ADDRESS_DELAY_MS = 250

/** The view, kept in the address, so that a reload or a shared link shows the same. */
export function useView(): readonly [View, (change: Partial<View>) => void] {
  const [view, setView] = useState(() => queryStringToView(location.search))
  const changeView = useCallback(
    (change: Partial<View>) => setView((current) => ({ ...current, ...change })),
    [],
  )

  useEffect(() => {
    const address = location.pathname + viewToQueryString(view)
    if (address === location.pathname + location.search) return undefined
    const timer = setTimeout(() => history.replaceState(null, '', address), ADDRESS_DELAY_MS)
    return () => clearTimeout(timer)
  }, [view])

  return [view, changeView]
}
