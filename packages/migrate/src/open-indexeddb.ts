/** Opens a database of IndexedDB in whatever version it is; undefined if there is none, and makes none. */
export function openIndexedDb(name: string): Promise<IDBDatabase | undefined> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    let isMissing = false
    request.onupgradeneeded = () => {
      isMissing = true
      request.transaction?.abort()
    }
    request.onsuccess = () => {
      const database = request.result
      // Whoever wants to remove or to alter it does not have to wait for us.
      database.onversionchange = () => database.close()
      resolve(database)
    }
    request.addEventListener('error', () => {
      if (isMissing) resolve(undefined)
      else reject(request.error ?? new Error(`"${name}" cannot be opened`))
    })
  })
}
