import { listOrganisations, type PlacedOrganisation } from '../../../../people/organisations.ts'
import { bareName, type Reads } from '../../../../people/people.ts'
import type { LedgerMapping } from './mapping.ts'

/** Whom and what the names of an old ledger mean in the house; a name that fits several means none of them. */
export interface Names {
  /** An organisation's id by path or name; null: none, or several. */
  organisation(given: string): string | null
  /** A person's id; where several have the name, the one who has a role in that organisation or anywhere below. */
  person(name: string, organisation: string | null): string | null
}

/** Reads all names at once: a ledger asks for each of them many times. */
export async function readNames(db: Reads, mapping: LedgerMapping): Promise<Names> {
  const organisations = await listOrganisations(db)
  const byName = Map.groupBy(organisations, ({ name }) => name)
  const byPath = new Map(organisations.map((one) => [one.path, one]))
  const people = await db.selectFrom('person').select(['id', 'name']).execute()
  const memberships = await db.selectFrom('membership').select(['person', 'organisation']).execute()
  const idsByName = Map.groupBy(people, ({ name }) => name)
  const placesOf = Map.groupBy(memberships, ({ person }) => person)
  const pathOf = new Map(organisations.map(({ id, path }) => [id, path]))
  // 一分公司铸造车间, as ledgers write it without a separator.
  const byEnd = Map.groupBy(
    organisations.flatMap((organisation) => {
      const parts = organisation.path.split('/')
      return parts.slice(0, -1).map((_, i) => ({ organisation, end: parts.slice(i).join('') }))
    }),
    ({ end }) => end,
  )
  const find = (given: string): PlacedOrganisation | undefined => {
    const name = bareName(given)
    const [named, ...more] = byName.get(name) ?? []
    const [joined, ...others] = byEnd.get(name.replaceAll(/[/\s-]/g, '')) ?? []
    return (
      byPath.get(name) ??
      (more.length === 0 ? named : undefined) ??
      (others.length === 0 ? joined?.organisation : undefined)
    )
  }
  return {
    organisation(given) {
      const mapped = mapping.organisations[given] ?? given
      return find(mapped)?.id ?? null
    },
    person(name, organisation) {
      const found = idsByName.get(bareName(name)) ?? []
      if (found.length <= 1) return found[0]?.id ?? null
      const top = organisation === null ? '' : (pathOf.get(organisation) ?? '')
      const here = found.filter(({ id }) =>
        (placesOf.get(id) ?? []).some(({ organisation: place }) =>
          `${pathOf.get(place)}/`.startsWith(`${top}/`),
        ),
      )
      return top !== '' && here.length === 1 ? here[0]!.id : null
    },
  }
}
