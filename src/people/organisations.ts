import { randomUUID } from 'node:crypto'
import { PlainError } from '../messages/plain-error.ts'
import { forgetRead, remember } from '../store/remember.ts'
import type { Trx } from '../store/store.ts'
import { markStale } from '../timers/calendar/stale.ts'
import { bareName, checkName, type Reads } from './people.ts'
import type { OrganisationKind } from './roles.ts'

/** A node of the tree. */
export interface Organisation {
  id: string
  /** Unique under its parent, and among the roots. */
  name: string
  kind: OrganisationKind
  /** Null: a root. */
  parent: string | null
}

/** An organisation with the names from its root down to itself, joined by “/”: unique in the house. */
export interface PlacedOrganisation extends Organisation {
  path: string
  /** 0 for a root. */
  depth: number
}

/** Parts the names of a path; so no name may hold it. */
export const pathSeparator = '/'

/** Adds an organisation. Throws PlainError where the name is none, or another under the parent has it. */
export async function createOrganisation(
  trx: Trx,
  given: { name: string; kind: OrganisationKind; parent: string | null },
): Promise<Organisation> {
  const organisation = { ...given, id: randomUUID(), name: checkOrganisationName(given.name) }
  if (given.parent !== null) await readOrganisation(trx, given.parent)
  await checkFree(trx, organisation)
  await trx.insertInto('organisation').values(organisation).execute()
  return organisation
}

/** An organisation's name as it is kept. Throws PlainError. */
function checkOrganisationName(text: string): string {
  const name = checkName(text)
  if (name.includes(pathSeparator)) throw new PlainError('people:organisation.name-invalid', { name })
  return name
}

/**
 * Puts an organisation, with all below it, under another parent (null: makes it a root).
 * Throws PlainError where it would come to stand below itself, or its name is taken there.
 */
export async function moveOrganisation(trx: Trx, id: string, parent: string | null): Promise<void> {
  const organisation = await readOrganisation(trx, id)
  if (parent !== null) {
    const above = [await readOrganisation(trx, parent), ...(await ancestorsOf(trx, parent))]
    if (above.some((one) => one.id === id)) {
      throw new PlainError('people:organisation.cycle', { name: organisation.name })
    }
  }
  await checkFree(trx, { ...organisation, parent })
  await trx.updateTable('organisation').set({ parent }).where('id', '=', id).execute()
  forgetRead(trx, aboveRead(''))
  // Working hours and days off are inherited from above.
  const below = await descendantsOf(trx, id)
  await markStale(trx, { organisations: [id, ...below.map((one) => one.id)] })
}

/** The organisation by id. Throws PlainError where there is none. */
async function readOrganisation(db: Reads, id: string): Promise<Organisation> {
  const row = await db.selectFrom('organisation').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new PlainError('people:organisation.unknown', { name: id })
  return row
}

/**
 * The one organisation with this id, path (`集团/分公司一`) or name. Throws PlainError where there is none, or
 * where several have the name.
 */
export async function findOrganisation(db: Reads, given: string): Promise<PlacedOrganisation> {
  const wanted = bareName(given)
  const all = await listOrganisations(db)
  const exact = all.find(({ id, path }) => id === wanted || path === wanted)
  if (exact) return exact
  const named = all.filter(({ name }) => name === wanted)
  if (named.length === 1) return named[0]!
  if (named.length === 0) throw new PlainError('people:organisation.unknown', { name: wanted })
  const paths = named.map(({ path }) => path).join('、')
  throw new PlainError('people:organisation.ambiguous', { name: wanted, paths })
}

/** All organisations, each after its parent, in the order of their names. */
export async function listOrganisations(db: Reads): Promise<PlacedOrganisation[]> {
  const rows = await db.selectFrom('organisation').selectAll().execute()
  return placeOrganisations(rows)
}

/** Each organisation with its path, in the order of a tree that is written down. */
function placeOrganisations(organisations: readonly Organisation[]): PlacedOrganisation[] {
  const below = Map.groupBy(organisations, ({ parent }) => parent)
  const placed: PlacedOrganisation[] = []
  const place = (parent: string | null, above: string, depth: number) => {
    // Compared here and by code point: each database sorts Chinese in its own way.
    const children = (below.get(parent) ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    for (const child of children) {
      const path = above + child.name
      placed.push({ ...child, path, depth })
      place(child.id, path + pathSeparator, depth + 1)
    }
  }
  place(null, '', 0)
  return placed
}

/** What stands above an organisation, its parent first, its root last. */
export function ancestorsOf(db: Reads, id: string): Promise<readonly Organisation[]> {
  return remember(db, aboveRead(id), () => readAncestors(db, id))
}

const aboveRead = (id: string) => `above ${id}`

function readAncestors(db: Reads, id: string): Promise<Organisation[]> {
  return db
    .withRecursive('above(id, parent, depth)', (query) =>
      query
        .selectFrom('organisation')
        .select(['id', 'parent', (select) => select.lit(0).as('depth')])
        .where('id', '=', id)
        .unionAll(
          query
            .selectFrom('organisation')
            .innerJoin('above', 'above.parent', 'organisation.id')
            .select(({ eb }) => [
              'organisation.id',
              'organisation.parent',
              eb('above.depth', '+', 1).as('depth'),
            ]),
        ),
    )
    .selectFrom('organisation')
    .innerJoin('above', 'above.id', 'organisation.id')
    .selectAll('organisation')
    .where('above.depth', '>', 0)
    .orderBy('above.depth')
    .execute()
}

/** All that stands below an organisation, at any depth, each after its parent. */
export async function descendantsOf(db: Reads, id: string): Promise<Organisation[]> {
  const rows = await db.selectFrom('organisation').selectAll().execute()
  const top = rows.find((row) => row.id === id)
  if (!top) throw new PlainError('people:organisation.unknown', { name: id })
  const all = placeOrganisations(rows)
  const start = all.findIndex((one) => one.id === id)
  const depth = all[start]!.depth
  const end = all.findIndex((one, i) => i > start && one.depth <= depth)
  return all.slice(start + 1, end < 0 ? undefined : end)
}

async function checkFree(
  trx: Trx,
  { id, name, parent }: Pick<Organisation, 'id' | 'name' | 'parent'>,
): Promise<void> {
  const taken = await trx
    .selectFrom('organisation')
    .select('id')
    .where('name', '=', name)
    .where('parent', parent === null ? 'is' : '=', parent)
    .where('id', '!=', id)
    .executeTakeFirst()
  if (taken) throw new PlainError('people:organisation.name-taken', { name })
}
