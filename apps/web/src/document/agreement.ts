/** Whether the servers have the text that stands here: equal hashes of state are equal texts. */
import type { Client } from '@manyhands/client'
import { texts } from '../texts.ts'

/** How many servers have what stands here on their disks; 0 while something is under way, or while nobody has said. */
export function agreeing(client: Pick<Client, 'state' | 'hash'>): number {
  const { connection, unsavedCharacters, agreement } = client.state
  const isSame = connection === 'live' && unsavedCharacters === 0 && agreement?.stateHash === client.hash()
  return isSame ? agreement.agreeing : 0
}

export function agreementText(client: Client): string {
  const servers = agreeing(client)
  return servers > 0
    ? texts.details.agree(servers, client.state.agreement?.servers ?? servers)
    : texts.details.hashMeaning
}
