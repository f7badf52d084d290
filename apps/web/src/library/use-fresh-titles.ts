/** Asks a server, when the list is opened or looked at again, what the documents on it are called by now and when they changed. */
import { useEffect } from 'react'
import { useEnvironment } from '../environment.ts'
import { keysOf } from '../sharing/keys.ts'
import { askTitles, informed } from './told-titles.ts'

export function useFreshTitles(): void {
  const { library, device } = useEnvironment()
  useEffect(() => {
    const ask = async (): Promise<void> => {
      if (document.hidden) return
      const asked = library.documents
      const told = await askTitles(asked.map(({ id }) => ({ id, token: keysOf(device, id) })))
      const titleThen = new Map(asked.map(({ id, title }) => [id, title]))
      const news = new Map(told.map((one) => [one.id, one]))
      for (const known of library.documents) {
        const one = news.get(known.id)
        const then = titleThen.get(known.id)
        if (one && informed(known, one, then) !== known) {
          library.change(known.id, (before) => before && informed(before, one, then))
        }
      }
    }
    const askAgain = (): void => void ask()
    askAgain()
    document.addEventListener('visibilitychange', askAgain)
    return () => document.removeEventListener('visibilitychange', askAgain)
  }, [library, device])
}
