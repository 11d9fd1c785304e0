import { randomBytes } from 'node:crypto'
import type { Reads } from '../../../people/people.ts'
import { contentHash } from '../../../store/content-hash.ts'
import type { Trx } from '../../../store/store.ts'

/** Shape of a feed's token: 256 bits as base64url. */
const tokenPattern = /^[\w-]{43}$/

/**
 * Makes the secret by which a person's own calendar reads what they are registered for. There is one at a time: whoever
 * asks anew, because the old one got into other hands, ends that.
 */
export async function openFeed(trx: Trx, person: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const values = { token_hash: contentHash(token), created_at: now.toISOString() }
  await trx
    .insertInto('event_calendar_feed')
    .values({ person, ...values })
    .onConflict((conflict) => conflict.column('person').doUpdateSet(values))
    .execute()
  return token
}

/** Ends the feed of a person; false where there is none. */
export async function closeFeed(trx: Trx, person: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('event_calendar_feed')
    .where('person', '=', person)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Whose feed it is, while they are of the house; null: nobody's. */
export async function personOfFeed(db: Reads, token: string): Promise<string | null> {
  if (!tokenPattern.test(token)) return null
  const row = await db
    .selectFrom('event_calendar_feed')
    .innerJoin('person', 'person.id', 'event_calendar_feed.person')
    .select('person.id')
    .where('token_hash', '=', contentHash(token))
    .executeTakeFirst()
  return row?.id ?? null
}
