import type { WorkerTasks } from './opfs-worker.ts'

export interface WorkerFailure {
  readonly code: string | undefined
  readonly message: string
  readonly cause: string | undefined
}

export type WorkerReply =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly failure: WorkerFailure }

type Task = keyof WorkerTasks

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (failure: WorkerFailure) => void
}

/** A worker of its own, as each tab has one, that does what a test tells it. */
export class OpfsClient {
  /** The newest commit that the worker has reported. */
  acknowledged = 0
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  readonly #acknowledgements: (() => void)[] = []
  #nextId = 0

  constructor() {
    this.#worker = new Worker(new URL('./opfs-worker.ts', import.meta.url), { type: 'module' })
    this.#worker.addEventListener('message', ({ data }: MessageEvent) => this.#receive(data))
    this.#worker.addEventListener('error', (event) => this.#fail(event.message))
  }

  /** Rejects with a `WorkerFailure`. */
  call<T extends Task>(
    task: T,
    ...values: Parameters<WorkerTasks[T]>
  ): Promise<Awaited<ReturnType<WorkerTasks[T]>>> {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: (value) => resolve(value as never), reject })
      this.#worker.postMessage({ id, task, values })
    })
  }

  /** Resolves when the worker has reported `count` commits from now on. */
  async acknowledgements(count: number): Promise<void> {
    for (let i = 0; i < count; i++) await new Promise<void>((resolve) => this.#acknowledgements.push(resolve))
  }

  terminate(): void {
    this.#worker.terminate()
  }

  #receive(data: WorkerReply | { readonly acknowledged: number }): void {
    if ('acknowledged' in data) {
      this.acknowledged = data.acknowledged
      for (const resolve of this.#acknowledgements.splice(0)) resolve()
      return
    }
    const pending = this.#pending.get(data.id)
    this.#pending.delete(data.id)
    if ('failure' in data) pending?.reject(data.failure)
    else pending?.resolve(data.value)
  }

  #fail(message: string): void {
    for (const pending of this.#pending.values())
      pending.reject({ message, code: undefined, cause: undefined })
    this.#pending.clear()
  }
}
