/** Makes what a device has kept of its documents unreadable, as a failing disk would. For a page to carry out. */
export async function damageCopies(): Promise<void> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const database = await done(indexedDB.open('manyhands'))
  const copies = database.transaction('copies', 'readwrite').objectStore('copies')
  const [key] = await done(copies.getAllKeys())
  const copy = await done(copies.get(key ?? ''))
  await done(copies.put({ ...copy, bytes: new Uint8Array([255, 254, 253]) }, key))
  database.close()
}
