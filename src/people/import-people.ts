import { accountKey } from '../chat/keys.ts'
import { dayInChina } from '../knowledge/library/day.ts'
import { PlainError } from '../messages/plain-error.ts'
import { forgetRead } from '../store/remember.ts'
import type { Store, Trx } from '../store/store.ts'
import { isLastingAdmin } from './end-role.ts'
import { nameColumns } from './import/columns.ts'
import { type ImportRow, parseRow } from './import/parse-row.ts'
import { type House, planImport, type RowReport } from './import/plan-import.ts'
import { readTable } from './import/read-table.ts'
import { type Membership, toMembership } from './memberships.ts'
import { listOrganisations } from './organisations.ts'
import { endAccess } from './sessions.ts'

/** What an import came to. */
export interface ImportReport {
  /** A report for each row that is not empty, in the order of the file. */
  rows: RowReport[]
  /** Headings that mean nothing here. */
  ignored: string[]
  /** Names of those who were signed in and have to sign in anew, each once. */
  signedOut: string[]
}

/** Rows of an insert: SQLite takes some ten thousands of values, PostgreSQL 65,535. */
const batch = 500

/**
 * Imports organisations and people from a spreadsheet (XLSX) or CSV file, in one transaction. Rows that are wrong
 * are reported and change nothing; all others are taken. Whoever gets a role or more of it is signed out and named, but
 * not `by`, who imports, nor whoever administers that organisation already. Throws PlainError where the file cannot be read at all, or would leave no administrator.
 */
export async function importPeople(
  store: Store,
  bytes: Uint8Array,
  now: Date,
  { by }: { by?: string } = {},
): Promise<ImportReport> {
  const table = nameColumns(await readTable(bytes))
  const rows: ImportRow[] = []
  const broken: RowReport[] = []
  for (const { line, cells } of table.rows) {
    try {
      rows.push(parseRow(line, cells))
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      const name = cells.person || cells.organisation
      broken.push({ line, name, outcome: 'refused', reason: error })
    }
  }
  const taken = await store.transaction(async (trx) => {
    const house = await readHouse(trx)
    const before = house.memberships.map((one) => ({ ...one }))
    const reports = planImport(house, rows)
    checkAdministered(house, before, dayInChina(now))
    await writeHouse(trx, house, now)
    const promoted = promotedIn(house, before, dayInChina(now)).filter((person) => person !== by)
    const ended: string[] = []
    for (const people of inPortions(promoted)) ended.push(...(await endAccess(trx, people)))
    const names = new Map([...house.people.values()].map(({ id, name }) => [id, name]))
    return { reports, signedOut: ended.flatMap((person) => names.get(person) ?? []) }
  })
  const all = [...taken.reports, ...broken].sort((a, b) => a.line - b.line)
  return { rows: all, ignored: table.ignored, signedOut: taken.signedOut }
}

/** Throws PlainError where there was an administrator of a root and none is left: nobody could mend it but on the machine. */
function checkAdministered({ organisations, memberships }: House, before: Membership[], today: string): void {
  const roots = new Set([...organisations.values()].flatMap(({ id, parent }) => (parent === null ? id : [])))
  const isAdministered = (all: readonly Membership[]) =>
    all.some((one) => roots.has(one.organisation) && isLastingAdmin(one, today))
  if (isAdministered(before) && !isAdministered(memberships)) {
    throw new PlainError('people:import.no-admin-left')
  }
}

/**
 * Who holds a role that they did not hold before, or for longer. Who administers the organisation can do as much already:
 * only links of those who can too may have signed them in, so nothing is gained by ending it. Cases of somebody's rights
 * are closed to administrators.
 */
function promotedIn(
  { organisations, memberships }: House,
  before: readonly Membership[],
  today: string,
): string[] {
  const old = new Map(before.map((one) => [one.id, one]))
  const parents = new Map([...organisations.values()].map(({ id, parent }) => [id, parent]))
  const administered = new Set(
    before.flatMap((one) => (isLastingAdmin(one, today) ? `${one.person} ${one.organisation}` : [])),
  )
  const administers = ({ person, organisation }: Membership) => {
    for (let at: string | null | undefined = organisation; at; at = parents.get(at)) {
      if (administered.has(`${person} ${at}`)) return true
    }
    return false
  }
  const promoted = memberships.filter((one) => {
    const was = old.get(one.id)
    const more = !was || (one.from ?? '') < (was.from ?? '') || (one.until ?? '9999') > (was.until ?? '9999')
    return more && (one.role === 'rights' || !administers(one))
  })
  return [...new Set(promoted.map(({ person }) => person))]
}

async function readHouse(trx: Trx): Promise<House> {
  const organisations = await listOrganisations(trx)
  const people = await trx.selectFrom('person').select(['id', 'name', 'preferred_account']).execute()
  const accounts = await trx.selectFrom('account').selectAll().execute()
  const memberships = await trx.selectFrom('membership').selectAll().execute()
  return {
    organisations: new Map(organisations.map((one) => [one.path, { ...one, mark: 'kept' }])),
    people: new Map(
      people.map(({ id, name, preferred_account }) => [
        id,
        { id, name, preferred: preferred_account, mark: 'kept' },
      ]),
    ),
    accounts: new Map(
      accounts.map(({ platform, installation, user_id, person }) => {
        const account = { platform, installation, user: user_id }
        return [accountKey(account), { ...account, person, mark: 'kept' }]
      }),
    ),
    memberships: memberships.map((row) => ({ ...toMembership(row), mark: 'kept' })),
  }
}

async function writeHouse(trx: Trx, house: House, now: Date): Promise<void> {
  const { organisations, people, accounts, memberships } = house
  for (const { mark, id, kind } of organisations.values()) {
    if (mark === 'changed') await trx.updateTable('organisation').set({ kind }).where('id', '=', id).execute()
  }
  for (const { mark, id, preferred } of people.values()) {
    if (mark !== 'changed') continue
    await trx.updateTable('person').set({ preferred_account: preferred }).where('id', '=', id).execute()
  }
  // In the order in which they were made, so that a parent is there before what stands below it.
  for (const rows of batches(organisations.values())) {
    const values = rows.map(({ id, name, kind, parent }) => ({ id, name, kind, parent }))
    await trx.insertInto('organisation').values(values).execute()
  }
  for (const rows of batches(people.values())) {
    const values = rows.map(({ id, name, preferred }) => ({
      id,
      name,
      language: 'zh-CN',
      time_zone: 'Asia/Shanghai',
      preferred_account: preferred,
    }))
    await trx.insertInto('person').values(values).execute()
  }
  for (const rows of batches(accounts.values())) {
    const values = rows.map(({ platform, installation, user, person }) => ({
      platform,
      installation,
      user_id: user,
      person,
      linked_at: now.toISOString(),
    }))
    await trx.insertInto('account').values(values).execute()
  }
  // After the people: a superior may be new.
  for (const { mark, id, from, until, superior } of memberships) {
    if (mark !== 'changed') continue
    const days = { from_day: from, until_day: until, superior }
    await trx.updateTable('membership').set(days).where('id', '=', id).execute()
  }
  for (const rows of batches(memberships)) {
    const values = rows.map(({ id, person, organisation, role, superior, from, until }) => ({
      id,
      person,
      organisation,
      role,
      superior,
      from_day: from,
      until_day: until,
    }))
    await trx.insertInto('membership').values(values).execute()
  }
  forgetRead(trx, '')
}

/** What is new, in portions of one insert. */
function batches<T extends { mark: string }>(all: Iterable<T>): T[][] {
  return inPortions([...all].filter(({ mark }) => mark === 'new'))
}

function inPortions<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / batch) }, (_, i) =>
    all.slice(i * batch, (i + 1) * batch),
  )
}
