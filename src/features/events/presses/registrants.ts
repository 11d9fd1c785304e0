import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import type { RegistrationRow } from '../records.ts'
import { type Standing, standingsOf } from '../seats/standing.ts'
import type { Press } from './press.ts'

/** Everybody whom a batch of presses concerns, read in a few statements. */
export interface Registrants {
  /** Whose account it is; null: a guest's. */
  personOf(account: Account): string | null
  standings: ReadonlyMap<string, Standing>
  /** What a guest is called by their platform's directory; empty: it does not say. */
  nameOf(account: Account): string
  /** Their registration with this event, also one that has ended; null: there is none. */
  find(who: Press['who']): RegistrationRow | null
  /** One that is made while the batch is worked: the next press finds it. */
  add(row: RegistrationRow): void
}

export async function readRegistrants(
  trx: Trx,
  event: string,
  presses: readonly Press[],
  now: Date,
): Promise<Registrants> {
  const accounts = presses.flatMap(({ who, by }) => [
    ...(who.type === 'account' ? [who.account] : []),
    ...(by.account && by.person === null ? [by.account] : []),
  ])
  const owners = await ownersOf(trx, accounts)
  const personOf = (account: Account) => owners.get(accountKey(account)) ?? null
  const guests = presses.flatMap(({ who }) =>
    who.type === 'account' && who.name === '' && personOf(who.account) === null ? [who.account] : [],
  )
  const names = await namesOf(trx, guests)
  const people = presses.flatMap(({ who }) => {
    if (who.type === 'public') return []
    return (who.type === 'person' ? who.person : personOf(who.account)) ?? []
  })
  const standings = await standingsOf(trx, people, now)

  const byPerson = new Map<string, RegistrationRow>()
  const byAccount = new Map<string, RegistrationRow>()
  const byId = new Map<string, RegistrationRow>()
  const add = (row: RegistrationRow) => {
    byId.set(row.id, row)
    if (row.person !== null) byPerson.set(row.person, row)
    if (row.account !== null) byAccount.set(row.account, row)
  }
  const read = async (column: 'person' | 'account' | 'id', values: readonly string[]) => {
    for (const piece of inPieces([...new Set(values)])) {
      const rows = await trx
        .selectFrom('event_registration')
        .selectAll()
        .where('event', '=', event)
        .where(column, 'in', piece)
        .execute()
      // The same row is found in two ways, and changes in one place.
      for (const row of rows) if (!byId.has(row.id)) add(row)
    }
  }
  await read('person', people)
  await read(
    'account',
    presses.flatMap(({ who }) => (who.type === 'account' ? accountKey(who.account) : [])),
  )
  await read(
    'id',
    presses.flatMap(({ who }) => (who.type === 'public' ? who.registration : [])),
  )
  return {
    personOf,
    standings,
    nameOf: (account) => names.get(accountKey(account)) ?? '',
    find(who) {
      if (who.type === 'public') return byId.get(who.registration) ?? null
      if (who.type === 'person') return byPerson.get(who.person) ?? null
      const own = byPerson.get(personOf(who.account) ?? '')
      return own ?? byAccount.get(accountKey(who.account)) ?? null
    },
    add,
  }
}

async function ownersOf(trx: Trx, accounts: readonly Account[]): Promise<Map<string, string>> {
  const owners = new Map<string, string>()
  for (const piece of inPieces([...new Set(accounts.map(({ user }) => user))])) {
    const rows = await trx
      .selectFrom('account')
      .select(['platform', 'installation', 'user_id', 'person'])
      .where('user_id', 'in', piece)
      .execute()
    for (const { user_id: user, person, ...where } of rows) owners.set(accountKey({ ...where, user }), person)
  }
  return owners
}

async function namesOf(trx: Trx, accounts: readonly Account[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const piece of inPieces([...new Set(accounts.map(({ user }) => user))])) {
    const rows = await trx
      .selectFrom('directory_entry')
      .select(['platform', 'installation', 'user_id', 'name'])
      .where('user_id', 'in', piece)
      .execute()
    for (const { user_id: user, name, ...where } of rows) names.set(accountKey({ ...where, user }), name)
  }
  return names
}
