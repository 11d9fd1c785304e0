import { actorOf, placeOf } from '../../people/actor.ts'
import { type Actor, can } from '../../people/can.ts'
import { ancestorsOf, listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { houseOf, reachOf } from '../../people/reach.ts'
import type { ResourceRow } from './records.ts'

/** What somebody may find: as `sees` looks at it. */
export interface Sight {
  person: string | null
  actor: Actor
  /** Their organisations and all above these. */
  line: ReadonlySet<string>
  /** All organisations of their house. */
  house: ReadonlySet<string>
  /** Regions in which their organisations lie, as `regionKey` has them. */
  regions: ReadonlySet<string>
  /** Organisations whose resources they keep. */
  kept: ReadonlySet<string>
}

/** @param person Null: a guest, who finds what everybody finds. @param today A day of China. */
export async function sightOf(db: Reads, person: string | null, today: string): Promise<Sight> {
  const nothing = new Set<string>()
  if (person === null) {
    const actor: Actor = { person: null, grants: [] }
    return { person, actor, line: nothing, house: nothing, regions: nothing, kept: nothing }
  }
  const actor = await actorOf(db, person, today)
  const all = await listOrganisations(db)
  const line = new Set<string>()
  const regions = new Set<string>()
  const own = await db.selectFrom('resource_region').selectAll().execute()
  const regionOf = new Map(own.map(({ organisation, region }) => [organisation, region]))
  for (const { organisation } of actor.grants) {
    const path = [organisation, ...(await ancestorsOf(db, organisation)).map(({ id }) => id)]
    for (const id of path) line.add(id)
    const nearest = path.map((id) => regionOf.get(id)).find((region) => region !== undefined)
    if (nearest) regions.add(regionKey(nearest))
  }
  const kept = new Set(reachOf(all, actor, ['resource.edit']).organisations)
  return { person, actor, line, house: new Set(houseOf(all, actor)), regions, kept }
}

/** 太原市 and 太原 are one region. */
function regionKey(region: string): string {
  const plain = region.normalize('NFKC').trim().toLowerCase()
  return plain.length > 2 ? plain.replace(/[市省区县]$/, '') : plain
}

type Shared = Pick<ResourceRow, 'organisation' | 'owner' | 'share' | 'region' | 'state'>

/** Whether somebody finds a resource. Each way of sharing lets in whom the ones before it do. */
export function sees({ person, line, house, regions, kept }: Sight, row: Shared): boolean {
  if (kept.has(row.organisation) || (person !== null && row.owner === person)) return true
  if (row.state === 'retired') return false
  switch (row.share) {
    case 'own':
      return line.has(row.organisation)
    case 'house':
      return house.has(row.organisation)
    case 'region':
      return house.has(row.organisation) || (row.region !== '' && regions.has(regionKey(row.region)))
    case 'public':
      return true
  }
}

/** Whether somebody answers for a resource today: whoever it is put in charge of, while they work there, or its cadres. */
export async function mayAnswer(
  db: Reads,
  { organisation, owner }: Pick<ResourceRow, 'organisation' | 'owner'>,
  person: string | null,
  today: string,
): Promise<boolean> {
  if (person === null) return false
  const actor = await actorOf(db, person, today)
  if (owner === person && actor.grants.length > 0) return true
  return can(actor, 'resource.edit', await placeOf(db, organisation))
}
