import { initBackend } from 'absurd-sql/dist/indexeddb-main-thread'
import type { OldLibrary, Row } from './old-library.ts'

interface Answer {
  readonly id?: number
  readonly value?: unknown
  readonly error?: string
}

/** absurd-sql in a worker of its own, with the database of this path. `kill` ends it in the middle of anything. */
export async function openAbsurdSql(path: string): Promise<OldLibrary & { kill(): void }> {
  const worker = new Worker(new URL('absurd-sql.worker.ts', import.meta.url), { type: 'module' })
  initBackend(worker)
  let lastId = 0
  const call = (method: 'open' | 'query' | 'close', text = ''): Promise<unknown> => {
    const id = ++lastId
    return new Promise((resolve, reject) => {
      worker.addEventListener('message', function listen({ data }: MessageEvent<Answer>) {
        if (data.id !== id) return
        worker.removeEventListener('message', listen)
        if (data.error === undefined) resolve(data.value)
        else reject(new Error(data.error))
      })
      worker.postMessage({ id, method, text })
    })
  }
  await call('open', path)
  return {
    exec: async (script) => void (await call('query', script)),
    query: async (sql) => {
      const results = (await call('query', sql)) as readonly { readonly values: readonly Row[] }[]
      return results[0]?.values ?? []
    },
    close: async () => {
      await call('close')
      worker.terminate()
    },
    kill: () => worker.terminate(),
  }
}
