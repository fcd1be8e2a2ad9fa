const BLOCK_SIZE = 4096

/**
 * Stores a file as absurd-sql does. By itself it cannot write a journal, whose first bytes do not tell a size of
 * blocks; one that was brought there with its database is honoured all the same.
 */
export async function storeAsBlocks(name: string, file: File | undefined): Promise<void> {
  if (file === undefined) throw new Error('there is no file to store')
  const bytes = await file.arrayBuffer()
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 2)
    request.onupgradeneeded = () => request.result.createObjectStore('data')
    request.onsuccess = () => resolve(request.result)
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')))
  })
  const transaction = database.transaction('data', 'readwrite')
  const store = transaction.objectStore('data')
  store.put({ size: bytes.byteLength }, -1)
  for (let start = 0; start < bytes.byteLength; start += BLOCK_SIZE) {
    const block = new Uint8Array(BLOCK_SIZE)
    block.set(new Uint8Array(bytes.slice(start, start + BLOCK_SIZE)))
    store.put(block.buffer, start / BLOCK_SIZE)
  }
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('not stored')))
  })
  database.close()
}
