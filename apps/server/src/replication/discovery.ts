import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'

/** Calls with the addresses of the other servers, now and when they change, until the answered function is called. */
export type Discovery = (found: (addresses: readonly string[]) => void) => () => void

/** How often a name is resolved: a server that comes is known to the others so soon. */
const RESOLVE_EVERY = 5000

export interface NamedServers {
  readonly name: string
  readonly port: number
}

/** Servers that are listed, and those that a name stands for, whose addresses are asked for again and again. */
export function discovery(
  listed: readonly string[],
  named: NamedServers | null,
  resolve: (name: string) => Promise<readonly string[]>,
  clock: Clock,
  log: Log,
): Discovery {
  return (found) => {
    if (named === null) {
      found(listed)
      return () => {}
    }
    let stop: (() => void) | null = () => {}
    const look = async (): Promise<void> => {
      try {
        const hosts = await resolve(named.name)
        if (stop !== null) found([...listed, ...hosts.map((host) => addressOf(host, named.port))])
      } catch (error) {
        // The servers that were found before stay: a name server that is away says nothing about them.
        log.warn({ name: named.name, err: error }, 'could not resolve the name of the peers')
      }
      if (stop !== null) stop = clock.after(RESOLVE_EVERY, () => void look())
    }
    found(listed)
    void look()
    return () => {
      stop?.()
      stop = null
    }
  }
}

function addressOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
