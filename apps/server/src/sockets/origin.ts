/**
 * Whether a page from this origin may open a socket here: our own, or one of another server of ours, whose page comes here
 * when that server is gone. A browser names the page's origin and nothing can make it lie; programs that are no browser name
 * none. Without this any page on the web could speak with a visitor's rights.
 */
export function isOurOrigin(origin: string | undefined, host: string | undefined, servers: readonly string[]): boolean {
  if (origin === undefined) return true
  if (host !== undefined && hostOf(origin) === host.toLowerCase()) return true
  return servers.some((server) => originOf(server) === originOf(origin) && originOf(origin) !== null)
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

/** Only of the web: all others have the origin `null`. */
function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null
  const { protocol, origin } = new URL(address)
  return protocol === 'http:' || protocol === 'https:' ? origin : null
}
