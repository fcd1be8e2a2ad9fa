/** A worker that is asked one thing after the other. */
export interface Caller<Tasks extends Record<keyof Tasks, unknown>> {
  call<Task extends keyof Tasks>(task: Task): Promise<Tasks[Task]>
  end(): void
}

type Answer = { readonly result: unknown } | { readonly error: string }

export function callerOf<Tasks extends Record<keyof Tasks, unknown>>(worker: Worker): Caller<Tasks> {
  return {
    call: (task) =>
      new Promise((resolve, reject) => {
        worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true })
        const settle = ({ data }: MessageEvent<Answer>): void => {
          if ('error' in data) reject(new Error(data.error))
          else resolve(data.result as Tasks[typeof task])
        }
        worker.addEventListener('message', settle, { once: true })
        worker.postMessage(task)
      }),
    end: () => worker.terminate(),
  }
}

/** The worker's end of `callerOf`. */
export function answerCalls<Tasks extends Record<keyof Tasks, unknown>>(tasks: {
  readonly [Task in keyof Tasks]: () => Promise<Tasks[Task]>
}): void {
  self.addEventListener('message', async ({ data }: MessageEvent<keyof Tasks>) => {
    try {
      self.postMessage({ result: await tasks[data]() })
    } catch (error) {
      self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
}
