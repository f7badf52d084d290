/** Done once, on arrival: whoever comes later gives way to me. */
import type { Client } from '@manyhands/client'
import { useEffect, useRef } from 'react'
import type { Me } from './me.ts'

export function useGiveWay(client: Client, { giveWay }: Me): void {
  const arrived = useRef<Client | null>(null)
  const here = client.state.everSynced
  useEffect(() => {
    if (!here || arrived.current === client) return
    arrived.current = client
    giveWay(client.members.map(({ state }) => state.person))
  }, [client, here, giveWay])
}
