/** How long to wait before the next attempt to connect, and with which server. */

/** Half of it is what a person waits on average for a server that is back. Socket.IO's own limit is the same. */
export const LONGEST_WAIT = 5000

const FIRST_WAIT = 500

/**
 * Milliseconds to wait after that many attempts in a row have failed: none until each of the servers has been tried once,
 * for the next one may be well; then full jitter over a window that doubles, so that a thousand clients of a dead server
 * do not come back at once. (Exponential Backoff And Jitter, AWS Architecture Blog, 2015.) `chance` is from 0 up to 1.
 */
export function waitAfter(failures: number, servers: number, chance: number): number {
  const rest = failures - servers
  return rest <= 0 ? 0 : Math.floor(chance * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (rest - 1)))
}

/** The server after this one, and after the last the first again. */
export function serverAfter(server: number, servers: readonly string[]): number {
  return (server + 1) % servers.length
}
