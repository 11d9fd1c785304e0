import type { IncomingMessage } from '../chat/incoming.ts'
import { incomingKey } from '../chat/keys.ts'
import { createSeals, type Seals } from '../seal/passing.ts'

/**
 * Messages as they wait in the inbox: what was said and how files are called lies encrypted there too, since a database
 * keeps for a while in its own files what was removed from its rows.
 */

const inTheOpen = createSeals(null)

/** @param seals Default: everything lies as it is; for a part that stands alone. */
export function keepMessage(message: IncomingMessage, seals: Pick<Seals, 'seal'> = inTheOpen): string {
  const at = placeOf(message)
  return JSON.stringify(changeWords(message, (text) => seals.seal(at, text)))
}

/** The message as it was taken; also of one that is over, of which its ids are left. */
export function readMessage(
  { payload }: { payload: string },
  seals: Pick<Seals, 'open'> = inTheOpen,
): IncomingMessage {
  const kept = JSON.parse(payload) as Omit<IncomingMessage, 'at'> & { at: string }
  const at = placeOf(kept)
  return changeWords({ ...kept, at: new Date(kept.at) }, (text) => seals.open(at, text))
}

function changeWords(message: IncomingMessage, change: (text: string) => string): IncomingMessage {
  const { text, files } = message
  return {
    ...message,
    ...(text ? { text: change(text) } : {}),
    ...(files ? { files: files.map((file) => ({ ...file, name: change(file.name) })) } : {}),
  }
}

function placeOf({ id, account }: Pick<IncomingMessage, 'id' | 'account'>): string {
  return `inbox ${incomingKey({ type: 'message', id, account })}`
}
