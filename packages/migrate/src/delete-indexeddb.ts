/** Removes a database of IndexedDB; false if it goes only when somebody else has closed it. */
export function deleteIndexedDb(name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.addEventListener('success', () => resolve(true))
    request.addEventListener('blocked', () => resolve(false))
    request.addEventListener('error', () => reject(request.error ?? new Error(`"${name}" cannot be removed`)))
  })
}
