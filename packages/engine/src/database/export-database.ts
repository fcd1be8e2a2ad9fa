import type { EngineLink } from '../link/engine-link.ts'
import { valueOf } from '../link/value-of.ts'

export const SQLITE_TYPE = 'application/vnd.sqlite3'

/** Collects the bytes of the database, as of one moment, into a file. */
export async function exportDatabase(
  link: EngineLink,
  stream: number,
  signal: AbortSignal | undefined,
): Promise<Blob> {
  const parts: BlobPart[] = []
  valueOf(await link.request('exportOpen', { stream }, { signal }))
  const { life } = link
  let isDone = false
  try {
    while (!isDone) {
      const chunk = valueOf(await link.request('exportNext', { stream }, { signal, life }))
      parts.push(chunk.bytes)
      isDone = chunk.done
    }
  } finally {
    if (!isDone) await link.request('streamClose', { stream }, { life })
  }
  return new Blob(parts, { type: SQLITE_TYPE })
}
