/** Whether the servers have the text that stands here: equal hashes of state are equal texts. */
import type { Client } from '@manyhands/client'
import { texts } from '../texts.ts'

/** On how many servers everything that stands here is; 0 while something is under way, or while nobody has said. */
export function agreeing(client: Pick<Client, 'state' | 'hash'>): number {
  const { connection, unsavedCharacters, stateHash, replicas } = client.state
  const isSame = connection === 'live' && unsavedCharacters === 0 && stateHash === client.hash()
  return isSame ? replicas : 0
}

export function agreementText(client: Client): string {
  const servers = agreeing(client)
  return servers > 0 ? texts.details.agree(servers, client.state.servers) : texts.details.hashMeaning
}
