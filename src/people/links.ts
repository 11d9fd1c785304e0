import { randomBytes } from 'node:crypto'
import { PlainError } from '../messages/plain-error.ts'
import { contentHash } from '../store/content-hash.ts'
import type { Trx } from '../store/store.ts'

/** What a link opens: the web chat, the console, a second account, or the house for its first administrator. */
export type LinkPurpose = 'sign-in' | 'console' | 'first-admin'

export interface LinkRequest {
  /** Whom it signs in; null only for the first administrator. */
  person: string | null
  purpose: LinkPurpose
  /** Milliseconds from now. */
  validFor: number
  now: Date
}

/** What a redeemed link was for. */
export interface RedeemedLink {
  person: string | null
  purpose: LinkPurpose
}

/**
 * Makes a single-use link and gives its token, 22 characters of a URL (128 random bits). Only the hash is kept:
 * nobody who reads the database can use it, and a look-up by hash takes as long for a near miss as for any other.
 */
export async function createLink(trx: Trx, { person, purpose, validFor, now }: LinkRequest): Promise<string> {
  const token = randomBytes(16).toString('base64url')
  const expires = new Date(now.getTime() + validFor).toISOString()
  await trx
    .insertInto('sign_in_link')
    .values({ token_hash: contentHash(token), person, purpose, expires_at: expires, used_at: null })
    .execute()
  return token
}

/**
 * Uses a link up. Throws PlainError where it was used, is past its time or never was. What it allows is to be
 * done in the same transaction, so that a link is not lost to a failure.
 */
export async function redeemLink(trx: Trx, token: string, now: Date): Promise<RedeemedLink> {
  const hash = contentHash(token)
  const at = now.toISOString()
  // The update repeats the conditions, so that of two at the same moment one finds nothing left.
  const used = await trx
    .updateTable('sign_in_link')
    .set({ used_at: at })
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returning(['person', 'purpose'])
    .executeTakeFirst()
  if (used) return used
  const known = await trx
    .selectFrom('sign_in_link')
    .select('used_at')
    .where('token_hash', '=', hash)
    .executeTakeFirst()
  if (!known) throw new PlainError('people:link.unknown')
  throw new PlainError(known.used_at === null ? 'people:link.expired' : 'people:link.used')
}
