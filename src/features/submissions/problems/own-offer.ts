import type { Reads } from '../../../people/people.ts'
import type { PossibleAction } from '../life/life.ts'
import type { Submission } from '../records.ts'
import { offersOn } from './offers.ts'

/** What somebody offered, as they typed it: to be shown in the form again where they change it. */
export async function ownOfferValues(
  db: Reads,
  { row }: Pick<Submission, 'row'>,
  { action, as }: Pick<PossibleAction, 'action' | 'as'>,
  person: string | null,
): Promise<Record<string, string>> {
  if (as !== 'offerer' || !action.does.includes('offer')) return {}
  const own = (await offersOn(db, row.id)).find((offer) => offer.state === 'open' && offer.person === person)
  const typed = Object.entries(own?.values ?? {}).filter(([, value]) =>
    ['string', 'number'].includes(typeof value),
  )
  return Object.fromEntries(typed.map(([name, value]) => [name, String(value)]))
}
