import type { Reads } from '../people/people.ts'
import { inPieces } from '../store/in-pieces.ts'

/** Those of the messages that are not forgotten, by outbox id. */
export async function knownMessages(db: Reads, ids: readonly string[]): Promise<string[]> {
  const known: string[] = []
  for (const piece of inPieces(ids)) {
    const rows = await db.selectFrom('outbox').select('id').where('id', 'in', piece).execute()
    known.push(...rows.map(({ id }) => id))
  }
  return known
}

/**
 * How messages ended, by outbox id: `sent`, or `gone` where the platform knows no such chat or account any more, or it is
 * closed to the bot. Those that wait, were given up for another reason or are forgotten are left out.
 */
export async function endsOfMessages(
  db: Reads,
  ids: readonly string[],
): Promise<Map<string, 'sent' | 'gone'>> {
  const ends = new Map<string, 'sent' | 'gone'>()
  for (const piece of inPieces(ids)) {
    const rows = await db
      .selectFrom('outbox')
      .select(['id', 'state', 'problem'])
      .where('id', 'in', piece)
      .where('state', 'in', ['sent', 'dead'])
      .execute()
    for (const { id, state, problem } of rows) {
      if (state === 'sent') ends.set(id, 'sent')
      else if (problem === 'gone' || problem === 'not-allowed') ends.set(id, 'gone')
    }
  }
  return ends
}
