import { useEffect, useState } from 'react'
import type { RefObject } from 'react'

export interface ElementSize {
  readonly width: number
  readonly height: number
}

/** The size of an element in CSS pixels; zero before the first layout. */
export function useElementSize(element: RefObject<Element | null>): ElementSize {
  const [size, setSize] = useState<ElementSize>({ width: 0, height: 0 })
  useEffect(() => {
    if (element.current === null) return undefined
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.borderBoxSize[0]
      if (box !== undefined) setSize({ width: box.inlineSize, height: box.blockSize })
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return size
}
