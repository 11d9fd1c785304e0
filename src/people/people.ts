import { randomUUID } from 'node:crypto'
import type { Account } from '../chat/incoming.ts'
import { accountKey } from '../chat/keys.ts'
import type { Language } from '../chat/language.ts'
import { PlainError } from '../messages/plain-error.ts'
import { forgetRead, remember } from '../store/remember.ts'
import type { Trx } from '../store/store.ts'

/** What reads need: `store.db` or a transaction. */
export type Reads = Pick<Trx, 'selectFrom' | 'withRecursive'>

/** Somebody the association knows. People without an account (workshop staff, retired) exist too. */
export interface Person {
  id: string
  name: string
  language: Language
  /** IANA name of the time zone. */
  timeZone: string
}

export interface NewPerson {
  name: string
  /** Default: zh-CN. */
  language?: Language
  /** Default: Asia/Shanghai. */
  timeZone?: string
}

/** Names longer than this are a cell that slipped, not a name. */
const longestName = 60

/** Adds a person; the name is kept without white space at its ends. Throws PlainError where it is none. */
export async function createPerson(trx: Trx, given: NewPerson): Promise<Person> {
  const person: Person = {
    id: randomUUID(),
    name: checkName(given.name),
    language: given.language ?? 'zh-CN',
    timeZone: given.timeZone ?? 'Asia/Shanghai',
  }
  await trx
    .insertInto('person')
    .values({
      id: person.id,
      name: person.name,
      language: person.language,
      time_zone: person.timeZone,
      preferred_account: null,
    })
    .execute()
  return person
}

/** A name as it is kept: `bareName`. Throws PlainError where it is empty, too long, or holds control characters. */
export function checkName(text: string): string {
  const name = bareName(text)
  if (name === '' || name.length > longestName || /[\p{Cc}\p{Cf}]/u.test(name)) {
    throw new PlainError('people:name-invalid', { longest: longestName })
  }
  return name
}

/** Rosters set names of two characters as wide as those of three (张　三); that space is no part of them. */
export function bareName(text: string): string {
  return text
    .normalize('NFC')
    .trim()
    .replaceAll(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .replaceAll(/\s+/g, ' ')
}

/** The person by id; null where there is none. */
export async function readPerson(db: Reads, id: string): Promise<Person | null> {
  const row = await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? toPerson(row) : null
}

/** The one person with this id or name. Throws PlainError where there is none, or several of the name. */
export async function findPerson(db: Reads, idOrName: string): Promise<Person> {
  const wanted = bareName(idOrName)
  const rows = await db
    .selectFrom('person')
    .selectAll()
    .where((where) => where.or([where('id', '=', wanted), where('name', '=', wanted)]))
    .orderBy('id')
    .execute()
  const exact = rows.find(({ id }) => id === wanted)
  if (exact) return toPerson(exact)
  if (rows.length === 0) throw new PlainError('people:person.unknown', { name: wanted })
  if (rows.length > 1) {
    const ids = rows.map(({ id }) => id).join('\n')
    throw new PlainError('people:person.ambiguous', { name: wanted, ids })
  }
  return toPerson(rows[0]!)
}

/** Whose account it is; null: a guest's. */
export async function findPersonByAccount(db: Reads, account: Account): Promise<Person | null> {
  const row = await remember(db, accountRead(account), () =>
    db
      .selectFrom('account')
      .innerJoin('person', 'person.id', 'account.person')
      .selectAll('person')
      .where('platform', '=', account.platform)
      .where('installation', '=', account.installation)
      .where('user_id', '=', account.user)
      .executeTakeFirst(),
  )
  return row ? toPerson(row) : null
}

const accountRead = (account: Account) => `account ${accountKey(account)}`

/** The accounts of a person, first linked first. */
export async function accountsOf(db: Reads, person: string): Promise<Account[]> {
  const rows = await db
    .selectFrom('account')
    .selectAll()
    .where('person', '=', person)
    .orderBy('linked_at')
    .orderBy('platform')
    .orderBy('user_id')
    .execute()
  return rows.map((row) => ({ platform: row.platform, installation: row.installation, user: row.user_id }))
}

/**
 * Makes the account one of the person's; the first becomes the preferred one (`prefer: false`: not this one). Again
 * changes nothing.
 * Throws PlainError where it is another person's: an account changes hands only after it was unlinked.
 */
export async function linkAccount(
  trx: Trx,
  account: Account,
  person: string,
  now: Date,
  { prefer }: { prefer: boolean } = { prefer: true },
): Promise<void> {
  const owner = await findPersonByAccount(trx, account)
  if (owner?.id === person) return
  if (owner) throw new PlainError('people:account.taken')
  await trx
    .insertInto('account')
    .values({
      platform: account.platform,
      installation: account.installation,
      user_id: account.user,
      person,
      linked_at: now.toISOString(),
    })
    .execute()
  forgetRead(trx, accountRead(account))
  if (!prefer) return
  await trx
    .updateTable('person')
    .set({ preferred_account: accountKey(account) })
    .where('id', '=', person)
    .where('preferred_account', 'is', null)
    .execute()
}

function toPerson(row: { id: string; name: string; language: string; time_zone: string }): Person {
  return {
    id: row.id,
    name: row.name,
    language: row.language === 'en' ? 'en' : 'zh-CN',
    timeZone: row.time_zone,
  }
}
