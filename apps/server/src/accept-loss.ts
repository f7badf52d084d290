import { parseDocumentId } from '@manyhands/protocol'
import { systemClock } from './clock.ts'
import { parseConfig } from './config.ts'
import { acceptLoss } from './rooms/acceptance.ts'
import { openSqlite } from './storage/sqlite.ts'

/** The program for a document that nobody has whole: what is left of it is all there is from now on. No server runs meanwhile. */

async function run(asked: string | undefined): Promise<void> {
  const document = parseDocumentId(asked ?? '')
  if (document === null) return fail('Which document? Give its id: the 26 letters and digits after /d/ in its address.')
  const config = parseConfig(process.env, process.cwd())
  if (!config.ok) return fail(config.error)
  const storage = await openSqlite(config.value.dataDir)
  if (!storage.ok) return fail(storage.error)
  const accepted = await acceptLoss(storage.value, document, systemClock)
  await storage.value.close()
  if (!accepted.ok) return fail(accepted.error)
  const { detail, text } = accepted.value
  process.stdout.write(`Lost: ${detail}.\n`)
  process.stdout.write(
    `${text.length} characters are left, and may be edited again. The damaged bytes are set aside.\n`,
  )
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}

await run(process.argv[2])
