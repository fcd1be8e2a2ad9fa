/** A page beside this one, which ends with all of its workers when it is removed. */
export interface Frame {
  /** Resolves with the first message of the page that fits; rejected with what it fails of. */
  until(fits: (message: FrameMessage) => boolean): Promise<FrameMessage>
  kill(): void
}

export interface FrameMessage {
  readonly kind: 'ready' | 'progress' | 'failed'
  readonly bytes?: number
  readonly totalBytes?: number
  readonly error?: string
}

/** Runs a module in a page of its own, which finds `parameters` in `window.name`. */
export function openFrame(module: URL, parameters: object): Frame {
  const frame = document.createElement('iframe')
  frame.name = JSON.stringify({ ...parameters, module: module.href })
  frame.src = '/frame'
  const messages: FrameMessage[] = []
  const news = new EventTarget()
  const listen = ({ source, data }: MessageEvent<FrameMessage>): void => {
    if (source !== frame.contentWindow) return
    messages.push(data)
    news.dispatchEvent(new Event('message'))
  }
  addEventListener('message', listen)
  document.body.append(frame)
  return {
    until: (fits) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const failed = messages.find(({ kind }) => kind === 'failed')
          const found = messages.find(fits)
          if (failed !== undefined) reject(new Error(failed.error))
          else if (found !== undefined) resolve(found)
          else return
          news.removeEventListener('message', look)
        }
        news.addEventListener('message', look)
        look()
      }),
    kill: () => {
      removeEventListener('message', listen)
      frame.remove()
    },
  }
}
