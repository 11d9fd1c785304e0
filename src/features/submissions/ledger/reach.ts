import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf } from '../../../people/actor.ts'
import { type Action, can } from '../../../people/can.ts'
import { listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import type { Asker } from '../visible.ts'

/**
 * The organisations in which somebody may do this to what was sent in; null among them is the whole house's own.
 * @param today `YYYY-MM-DD` of China.
 */
export async function reachOf(
  db: Reads,
  asker: Asker,
  action: Action,
  today: string,
): Promise<'all' | readonly (string | null)[]> {
  if (asker === 'house') return 'all'
  if (asker.person === null) return []
  const actor = await actorOf(db, asker.person, today)
  const paths = new Map<string, string[]>()
  const reached: (string | null)[] = []
  // A parent comes before what is below it.
  for (const { id, parent } of await listOrganisations(db)) {
    const path = [id, ...(parent === null ? [] : (paths.get(parent) ?? []))]
    paths.set(id, path)
    if (can(actor, action, { path })) reached.push(id)
  }
  if (can(actor, action, { path: [] })) reached.push(null)
  return reached.length === paths.size + 1 ? 'all' : reached
}

/** Where somebody may export. Throws PlainError where that is nowhere. */
export async function exportReach(
  db: Reads,
  asker: Asker,
  today: string,
): Promise<'all' | readonly (string | null)[]> {
  const reach = await reachOf(db, asker, 'submission.export', today)
  if (reach.length === 0) throw new PlainError('submissions:ledger.not-allowed')
  return reach
}
