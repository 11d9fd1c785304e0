import { randomBytes } from 'node:crypto'
import type { Account } from '../chat/incoming.ts'
import { accountKey } from '../chat/keys.ts'
import { contentHash } from '../store/content-hash.ts'
import type { Trx } from '../store/store.ts'
import type { Reads } from './people.ts'

/** A browser that is signed in. */
export interface Session {
  person: string
  /** The web chat's account, as `accountKey` writes it; null in the console alone. */
  account: string | null
  /** What a form has to send back; it is not the cookie. */
  csrf: string
  expiresAt: Date
}

/** Signs a browser in: the token goes into its cookie, only the hash stays here. `validFor` in milliseconds. */
export async function createSession(
  trx: Trx,
  given: { person: string; account: Account | null; validFor: number; now: Date },
): Promise<Session & { token: string }> {
  const token = randomBytes(24).toString('base64url')
  const csrf = randomBytes(16).toString('base64url')
  const account = given.account && accountKey(given.account)
  const expiresAt = new Date(given.now.getTime() + given.validFor)
  await trx
    .insertInto('web_session')
    .values({
      token_hash: contentHash(token),
      person: given.person,
      account,
      created_at: given.now.toISOString(),
      expires_at: expiresAt.toISOString(),
      csrf,
    })
    .execute()
  return { token, person: given.person, account, csrf, expiresAt }
}

/** The session of a cookie; null where there is none, or no longer. */
export async function readSession(db: Reads, token: string, now: Date): Promise<Session | null> {
  const row = await db
    .selectFrom('web_session')
    .selectAll()
    .where('token_hash', '=', contentHash(token))
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst()
  if (!row) return null
  return { person: row.person, account: row.account, csrf: row.csrf, expiresAt: new Date(row.expires_at) }
}

/**
 * Ends what was opened or may still be opened in the name of these people. Whoever was given a higher role signs in
 * anew: an administrator of less may have used a link of theirs before. Gives back who was signed in, each once.
 */
export async function endAccess(trx: Trx, people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return []
  const ended = await trx
    .deleteFrom('web_session')
    .where('person', 'in', people)
    .returning('person')
    .execute()
  await trx.deleteFrom('sign_in_link').where('person', 'in', people).where('used_at', 'is', null).execute()
  return [...new Set(ended.map(({ person }) => person))]
}

/** Signs a browser out. */
export async function endSession(trx: Trx, token: string): Promise<void> {
  await trx.deleteFrom('web_session').where('token_hash', '=', contentHash(token)).execute()
}
