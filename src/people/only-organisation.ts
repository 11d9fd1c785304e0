import { actorOf } from './actor.ts'
import { type Action, can } from './can.ts'
import { listOrganisations, type PlacedOrganisation } from './organisations.ts'
import type { Reads } from './people.ts'

/**
 * The only organisation in which somebody holds a role that lets them do it: what a form has filled in before it is
 * asked. Those below it are not counted, which most have never entered anything for. Null where there is none, or several.
 * @param today `YYYY-MM-DD` of China.
 */
export async function onlyOrganisation(
  db: Reads,
  person: string,
  action: Action,
  today: string,
): Promise<PlacedOrganisation | null> {
  const actor = await actorOf(db, person, today)
  const held = actor.grants
    .map(({ organisation }) => organisation)
    .filter((organisation) => can(actor, action, { path: [organisation] }))
  const [only, ...others] = new Set(held)
  if (only === undefined || others.length > 0) return null
  return (await listOrganisations(db)).find(({ id }) => id === only) ?? null
}
