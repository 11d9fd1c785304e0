import { actorOf } from './actor.ts'
import { type Action, type Actor, can } from './can.ts'
import { ancestorsOf, listOrganisations, type PlacedOrganisation } from './organisations.ts'
import type { Reads } from './people.ts'

/** The organisations with which records may lie for somebody to do something to them. */
export interface Reach {
  organisations: string[]
  /** Also those that are nobody's: of guests. */
  house: boolean
  /** Whether there are no others. */
  all: boolean
}

/** Where somebody may do one of these things, as `can` has it. */
export function reachOf(
  organisations: readonly PlacedOrganisation[],
  actor: Actor,
  actions: readonly Action[],
): Reach {
  const may = (path: readonly string[]) => actions.some((action) => can(actor, action, { path }))
  const reached = [...pathsOf(organisations)].flatMap(([id, path]) => (may(path) ? [id] : []))
  const house = may([])
  return { organisations: reached, house, all: house && reached.length === organisations.length }
}

/** As `reachOf`, for a person today: `YYYY-MM-DD` of China. */
export async function reachOfPerson(
  db: Reads,
  person: string,
  actions: readonly Action[],
  today: string,
): Promise<Reach> {
  return reachOf(await listOrganisations(db), await actorOf(db, person, today), actions)
}

/** All organisations under the roots of somebody's own: their house, of which they may read what colleagues read. */
export function houseOf(organisations: readonly PlacedOrganisation[], { grants }: Actor): string[] {
  const paths = pathsOf(organisations)
  const rootIn = (id: string) => paths.get(id)?.at(-1)
  const roots = new Set(grants.map(({ organisation }) => rootIn(organisation)))
  return organisations.flatMap(({ id }) => (roots.has(rootIn(id)) ? [id] : []))
}

/** As `houseOf`, for a person today: `YYYY-MM-DD` of China. */
export async function houseOfPerson(db: Reads, person: string, today: string): Promise<string[]> {
  return houseOf(await listOrganisations(db), await actorOf(db, person, today))
}

/** The root of an organisation: itself, where nothing is above it. */
export async function rootOf(db: Reads, organisation: string): Promise<string> {
  return (await ancestorsOf(db, organisation)).at(-1)?.id ?? organisation
}

/** Each organisation with all above it, the nearest first. */
function pathsOf(organisations: readonly PlacedOrganisation[]): Map<string, string[]> {
  const paths = new Map<string, string[]>()
  // A parent comes before what is below it.
  for (const { id, parent } of organisations) {
    paths.set(id, [id, ...(parent === null ? [] : (paths.get(parent) ?? []))])
  }
  return paths
}
