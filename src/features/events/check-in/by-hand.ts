import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { bareName } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import { type Event, isActive, type RegistrationRow, registersWith } from '../records.ts'
import { checkIn } from './attend.ts'
import { byHandCard, whichCard } from './check-in-cards.ts'
import { judgeCode } from './judge-code.ts'
import { nameOf } from './names.ts'

/** Buttons of a card. */
const mostNamed = 5

/**
 * Lets in whoever is called so, or whose code it is. Gives what is said of it, with the registrations that it names.
 * Throws PlainError where there is nobody.
 */
export async function letInByHand(
  trx: Trx,
  context: EventsContext,
  event: Event,
  asked: { name: string; person: string; language: Language; now: Date },
): Promise<{ card: Card; named: RegistrationRow[] }> {
  const { person, language, now } = asked
  const judged = await judgeCode(trx, event, asked.name, now)
  const isCode = judged.type === 'registration'
  const found = isCode ? [judged.registration] : await registeredAs(trx, context, event, asked.name)
  const [registration, other] = found
  if (!registration) {
    throw new PlainError('check-in:by-hand.nobody', { name: asked.name, title: event.row.title })
  }
  if (other) {
    const named = found.slice(0, mostNamed)
    const labelled = named.map(async (one) => ({
      registration: one.id,
      label: [await nameOf(trx, context, one), await unitOf(trx, one)]
        .filter((text) => text !== '')
        .join(' '),
    }))
    return { card: whichCard(event, await Promise.all(labelled), language), named }
  }
  const how = isCode ? ('personal-code' as const) : ('by-hand' as const)
  const answer = await checkIn(trx, context, event, registration, { how, by: person, at: now, now })
  const name = await nameOf(trx, context, registration)
  const whom = { name, registration: registration.id, language, now }
  return { card: byHandCard(event, answer, whom), named: [registration] }
}

/** Those of the name who come; where none of them does, those who have cancelled, who are told as such. */
async function registeredAs(
  trx: Trx,
  context: EventsContext,
  event: Event,
  name: string,
): Promise<RegistrationRow[]> {
  const wanted = bareName(name)
  const rows = await trx
    .selectFrom('event_registration')
    .selectAll()
    .where('event', '=', registersWith(event))
    .where((where) => where.or([where('name', '=', wanted), where('contact', 'is not', null)]))
    .orderBy('seq')
    .execute()
  const found: RegistrationRow[] = []
  for (const row of rows) if ((await nameOf(trx, context, row)) === wanted) found.push(row)
  const active = found.filter(isActive)
  return active.length > 0 ? active : found.slice(0, 1)
}

async function unitOf(trx: Trx, { organisation }: RegistrationRow): Promise<string> {
  if (organisation === null) return ''
  const row = await trx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', organisation)
    .executeTakeFirst()
  return row?.name ?? ''
}
