/** Runs tasks one after another, each in a turn of its own, in the order in which they came. */
export interface Macrotasks {
  readonly isIdle: boolean
  add(task: () => void): void
  /** Drops what has not run. */
  close(): void
}

/**
 * Tasks over a message channel, which tests that replace the timers do not replace with them. One
 * that is idle keeps no process of Node's from ending.
 */
export function createMacrotasks(): Macrotasks {
  let tasks: (() => void)[] = []
  let channel: MessageChannel | undefined

  const open = (): MessageChannel => {
    const opened = new MessageChannel()
    opened.port1.addEventListener('message', () => {
      const task = tasks.shift()
      if (tasks.length === 0) close()
      task?.()
    })
    opened.port1.start()
    return opened
  }
  const close = (): void => {
    channel?.port1.close()
    channel = undefined
  }
  return {
    get isIdle() {
      return tasks.length === 0
    },
    add(task) {
      tasks.push(task)
      channel ??= open()
      channel.port2.postMessage(null)
    },
    close() {
      tasks = []
      close()
    },
  }
}
