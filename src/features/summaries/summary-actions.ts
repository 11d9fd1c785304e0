import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Click, Feature } from '../../conversation/feature.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { findPersonByAccount } from '../../people/people.ts'
import type { Summaries } from './context.ts'
import { gatherFacts } from './gather-facts.ts'
import { quarterPeriod, yearPeriod } from './period.ts'
import { placeById } from './place.ts'
import { sourcesCard } from './summary-cards.ts'

/** What buttons of summaries do. */
export function summaryActions(context: Summaries): Feature['actions'] {
  return { sources: { reads: true, run: (click) => showSources(click, context) } }
}

/** The records behind the figures of a section, as they are now. */
async function showSources(
  { trx, language, action, now }: Click,
  context: Summaries,
): Promise<Acknowledgement> {
  const { organisation = '', year = '', quarter = '', section = '' } = action.value
  const person = await findPersonByAccount(trx, action.account)
  if (!person) throw new PlainError('summaries:sign-in')
  const place = await placeById(trx, organisation, person.id, now)
  const period = quarter === '' ? yearPeriod(Number(year)) : quarterPeriod(Number(year), Number(quarter))
  const sections = await gatherFacts(trx, context, place, { period, now, language })
  return { beside: sourcesCard({ ...place, period, sections }, section, language), besideAlone: true }
}
