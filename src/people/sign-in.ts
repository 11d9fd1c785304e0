import { randomBytes } from 'node:crypto'
import type { Account } from '../chat/incoming.ts'
import { PlainError } from '../messages/plain-error.ts'
import { contentHash } from '../store/content-hash.ts'
import type { Trx } from '../store/store.ts'
import { createLink, type LinkPurpose, redeemLink } from './links.ts'
import { addMembership } from './memberships.ts'
import { createOrganisation } from './organisations.ts'
import {
  accountsOf,
  bareName,
  createPerson,
  linkAccount,
  type Person,
  type Reads,
  readPerson,
} from './people.ts'
import type { OrganisationKind } from './roles.ts'

/** The first administrator has a week to open the link; the next start prints another. */
const firstLinkValidFor = 7 * 24 * 3600_000
/** How long a link past its time is remembered, so that its opener reads “expired” and not “unknown”. */
const linksRememberedFor = 30 * 24 * 3600_000

/**
 * What a link is for, without using it up: a preview in a chat fetches it too.
 * Throws PlainError where it was used, is past its time or never was.
 */
export async function readLink(
  db: Reads,
  token: string,
  now: Date,
): Promise<{ purpose: LinkPurpose; person: Person | null }> {
  const link = await db
    .selectFrom('sign_in_link')
    .selectAll()
    .where('token_hash', '=', contentHash(token))
    .executeTakeFirst()
  if (!link) throw new PlainError('people:link.unknown')
  if (link.used_at !== null) throw new PlainError('people:link.used')
  if (link.expires_at <= now.toISOString()) throw new PlainError('people:link.expired')
  return { purpose: link.purpose, person: link.person === null ? null : await readPerson(db, link.person) }
}

/** Uses a person's link up. Throws PlainError, also for the link of the first administrator, who is nobody yet. */
export async function signIn(
  trx: Trx,
  token: string,
  now: Date,
): Promise<{ purpose: LinkPurpose; person: string }> {
  const { person, purpose } = await redeemLink(trx, token, now)
  if (person === null) throw new PlainError('people:link.unknown')
  return { person, purpose }
}

/** The account under which a person speaks in the web chat; random, and made at the first sign-in. */
export async function webAccountOf(trx: Trx, person: string, now: Date): Promise<Account> {
  const known = (await accountsOf(trx, person)).find(({ platform }) => platform === 'web')
  if (known) return known
  const account = { platform: 'web', installation: 'web', user: randomBytes(16).toString('base64url') }
  await linkAccount(trx, account, person, now)
  return account
}

/** A link that makes its opener the first administrator; null where there is or was one. */
export async function createFirstLink(trx: Trx, now: Date): Promise<string | null> {
  if (await hasAdministrator(trx)) return null
  return createLink(trx, { person: null, purpose: 'first-admin', validFor: firstLinkValidFor, now })
}

/**
 * Uses the first link up: the opener becomes administrator of a root organisation, which is made unless there is
 * one of that name. Throws PlainError; the link then stays as it was if all is in one transaction.
 */
export async function foundHouse(
  trx: Trx,
  token: string,
  given: { name: string; organisation: string; kind: OrganisationKind },
  now: Date,
): Promise<string> {
  const { purpose } = await redeemLink(trx, token, now)
  if (purpose !== 'first-admin') throw new PlainError('people:link.unknown')
  // Each start prints a link of its own; the first one that is used closes the others.
  if (await hasAdministrator(trx)) throw new PlainError('people:link.used')
  const root = await trx
    .selectFrom('organisation')
    .select('id')
    .where('parent', 'is', null)
    .where('name', '=', bareName(given.organisation))
    .executeTakeFirst()
  const organisation =
    root ?? (await createOrganisation(trx, { name: given.organisation, kind: given.kind, parent: null }))
  const person = await createPerson(trx, { name: given.name })
  await addMembership(trx, { person: person.id, organisation: organisation.id, role: 'admin' })
  return person.id
}

async function hasAdministrator(trx: Trx): Promise<boolean> {
  const admin = await trx
    .selectFrom('membership')
    .select('id')
    .where('role', '=', 'admin')
    .limit(1)
    .executeTakeFirst()
  return admin !== undefined
}

/** Lets a session last longer; one that has ended, by then too, stays ended. */
export async function extendSession(trx: Trx, token: string, expiresAt: Date, now: Date): Promise<void> {
  await trx
    .updateTable('web_session')
    .set({ expires_at: expiresAt.toISOString() })
    .where('token_hash', '=', contentHash(token))
    .where('expires_at', '>', now.toISOString())
    .execute()
}

/** Clears what nobody can use any more, so that the tables do not grow with every visit. */
export async function forgetExpired(trx: Trx, now: Date): Promise<void> {
  await trx.deleteFrom('web_session').where('expires_at', '<=', now.toISOString()).execute()
  const before = new Date(now.getTime() - linksRememberedFor).toISOString()
  await trx.deleteFrom('sign_in_link').where('expires_at', '<=', before).execute()
}
