/** A worker of the benchmark does what its first message names and answers with its measurements. */
export async function callWorker<Result>(worker: Worker, task: unknown): Promise<Result> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer<Result>>) => {
      worker.terminate()
      if ('error' in data) reject(new Error(data.error))
      else resolve(data.result)
    })
    worker.postMessage(task)
  })
}

type WorkerAnswer<Result> = { readonly result: Result } | { readonly error: string }

/** The worker's end of `callWorker`. */
export function answerCalls<Task, Result>(perform: (task: Task) => Promise<Result>): void {
  self.addEventListener('message', async ({ data }: MessageEvent<Task>) => {
    try {
      self.postMessage({ result: await perform(data) })
    } catch (error) {
      self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
}
