/**
 * Calls back at the end of each frame, when nothing can change any more before it is painted: a resize
 * is told of after every callback of the frame, those of `requestAnimationFrame` included.
 */
export function onFrameEnd(callback: () => void): () => void {
  const probe = document.body.appendChild(document.createElement('div'))
  probe.style.cssText = 'position: fixed; visibility: hidden; height: 0; width: 0'
  const observer = new ResizeObserver(callback)
  observer.observe(probe)
  let isWide = false
  let request = 0
  const resize = (): void => {
    isWide = !isWide
    probe.style.width = isWide ? '1px' : '0'
    request = requestAnimationFrame(resize)
  }
  resize()
  return () => {
    cancelAnimationFrame(request)
    observer.disconnect()
    probe.remove()
  }
}
