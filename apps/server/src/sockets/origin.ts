/**
 * Whether a page from this origin may open a socket here. A browser names the page's origin and nothing can make it lie;
 * programs that are no browser name none. Without this any page on the web could speak with a visitor's rights.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  return host !== undefined && hostOf(origin) === host.toLowerCase()
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
