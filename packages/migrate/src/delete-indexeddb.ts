/** Removes a database of IndexedDB; false if it goes only when somebody else has closed it. */
export function deleteIndexedDb(name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve(true)
    request.onblocked = () => resolve(false)
    request.addEventListener('error', () => reject(request.error ?? new Error(`"${name}" cannot be removed`)))
  })
}
