import { PlainError } from '../../../messages/plain-error.ts'
import type { Action } from '../../../people/can.ts'
import type { Reads } from '../../../people/people.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import type { Asker } from '../visible.ts'

/**
 * The organisations in which somebody may do this to what was sent in; null among them is the whole house's own.
 * @param today `YYYY-MM-DD` of China.
 */
export async function ledgerReach(
  db: Reads,
  asker: Asker,
  action: Action,
  today: string,
): Promise<'all' | readonly (string | null)[]> {
  if (asker === 'house') return 'all'
  if (asker.person === null) return []
  const { organisations, house, all } = await reachOfPerson(db, asker.person, [action], today)
  return all ? 'all' : [...organisations, ...(house ? [null] : [])]
}

/** Where somebody may export. Throws PlainError where that is nowhere. */
export async function exportReach(
  db: Reads,
  asker: Asker,
  today: string,
): Promise<'all' | readonly (string | null)[]> {
  const reach = await ledgerReach(db, asker, 'submission.export', today)
  if (reach.length === 0) throw new PlainError('submissions:ledger.not-allowed')
  return reach
}
