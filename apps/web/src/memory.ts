/** What this device remembers between visits: a few short strings, or nothing where storage is blocked. */
export interface Memory {
  recall(key: string): string | null
  keep(key: string, value: string): void
}

const PREFIX = 'manyhands.'

/** Blocked or full storage is no error: the choice then lasts as long as the page. */
export function memoryIn(open: () => Storage): Memory {
  const here = new Map<string, string>()
  return {
    recall: (key) => here.get(key) ?? attempt(() => open().getItem(PREFIX + key)),
    keep(key, value) {
      here.set(key, value)
      attempt(() => open().setItem(PREFIX + key, value))
    },
  }
}

function attempt<T>(storage: () => T): T | null {
  try {
    return storage()
  } catch {
    return null
  }
}
