/** Makes the copy that a device has kept of its document unreadable, as a failing disk would. For a page to carry out. */
export function damageCopies(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('manyhands')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const writing = opening.result.transaction('copies', 'readwrite')
      const first = writing.objectStore('copies').openCursor()
      first.onsuccess = () => first.result?.update({ ...first.result.value, bytes: new Uint8Array([255, 254, 253]) })
      writing.onabort = () => reject(writing.error)
      writing.oncomplete = () => resolve()
      opening.result.close()
    }
  })
}
