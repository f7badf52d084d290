/** The keys of links to edit that this device has been given for a document, as one word: what it shows to be let in. */

/** As many as a server looks at. */
const MAX_KEYS = 8

/** The latest key comes first; a server that has not heard of it may know an earlier one. */
export function withKey(token: string, key: string): string {
  const others = token.split(' ').filter((other) => other !== '' && other !== key)
  return (key === '' ? others : [key, ...others]).slice(0, MAX_KEYS).join(' ')
}
