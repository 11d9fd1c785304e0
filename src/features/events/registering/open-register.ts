import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import type { Language } from '../../../chat/language.ts'
import type { Click } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { eventHeadline, momentText } from '../lists/event-texts.ts'
import { askerOf, findVisible } from '../lists/visible.ts'
import { type Event, findEvent, type OwnQuestion, registersWith } from '../records.ts'
import { refusedByTime } from '../seats/eligible.ts'
import { datesText } from './dates-text.ts'
import { typedAnswers } from './question-fields.ts'
import type { RegisterContext } from './register-form.ts'

/** Registrations that are looked through for what was answered before. */
const mostLookedThrough = 20

/** Opens the form of an event. What plainly cannot be is said before anybody fills it in; the settling decides. */
export async function openRegister(click: Click): Promise<Acknowledgement> {
  const { trx, action, language, now } = click
  const { event, registering } = await eventToRegister(trx, action.value.event ?? '', { language, now })
  const person = await findPersonByAccount(trx, action.account)
  await needsInvitation(trx, { event, registering }, action.account, now)
  return click.openForm('events.register', {
    context: {
      ...contextOf(event, registering, action.group ?? false),
      when: await datesText(trx, event, language, now),
    },
    values: {
      ...typedAnswers(
        registering.questions,
        await answersBefore(trx, person?.id ?? null, action.account, registering.questions),
      ),
    },
  })
}

/** Throws PlainError for whom the event is not: its title and what it asks are told to nobody else. */
export async function needsInvitation(
  db: Reads,
  { event, registering }: { event: Event; registering: Event },
  account: Account,
  now: Date,
): Promise<void> {
  if (registering.audience.public) return
  const asker = await askerOf(db, account)
  if (asker.person === null) throw new PlainError('registration:refused.sign-in-first')
  const isTheirs = await findVisible(db, asker, event.row.id, dayInChina(now))
  if (!isTheirs) throw new PlainError('registration:refused.not-invited')
}

/** Throws PlainError where nobody can register now. @param idOrNumber as it was typed or pressed. */
export async function eventToRegister(
  db: Reads,
  idOrNumber: string,
  { language, now }: { language: Language; now: Date },
): Promise<{ event: Event; registering: Event }> {
  const event = await findEvent(db, idOrNumber)
  // What is a draft is told to nobody as being there.
  if (!event || event.row.state === 'draft') throw new PlainError('registration:refused.no-such-event')
  const lead = registersWith(event)
  const registering = lead === event.row.id ? event : ((await findEvent(db, lead)) ?? event)
  const refused = refusedByTime(registering, now) ?? (isPast(event, now) ? refusedByTime(event, now) : null)
  if (refused?.reason === 'not-open-yet' && registering.row.opens_at !== null) {
    const at = momentText(registering.row.opens_at, event.row, language, now)
    throw new PlainError('registration:outcome.opens-at', { at })
  }
  if (refused) throw new PlainError(`registration:refused.${refused.reason}`)
  return { event, registering }
}

/** A single date of a series is called off or over before its lead is. */
function isPast({ row }: Event, now: Date): boolean {
  return row.state !== 'published' || row.ends_at <= now.toISOString()
}

function contextOf(event: Event, registering: Event, group: boolean): Omit<RegisterContext, 'when'> {
  return {
    event: event.row.id,
    headline: eventHeadline(event.row),
    questions: JSON.stringify(registering.questions),
    mostGuests: String(registering.row.most_guests),
    group: group ? 'yes' : '',
  }
}

/** What somebody answered last to questions of the same name, wording and type. */
async function answersBefore(
  db: Reads,
  person: string | null,
  account: Account,
  questions: readonly OwnQuestion[],
): Promise<Record<string, unknown>> {
  if (questions.length === 0) return {}
  const rows = await db
    .selectFrom('event_registration as registration')
    .innerJoin('event_entry as event', 'event.id', 'registration.event')
    .select(['registration.answers', 'event.questions'])
    .where((where) =>
      person === null
        ? where('registration.account', '=', accountKey(account))
        : where('registration.person', '=', person),
    )
    .orderBy('registration.changed_at', 'desc')
    .limit(mostLookedThrough)
    .execute()
  const found: Record<string, unknown> = {}
  for (const row of rows) {
    const asked = JSON.parse(row.questions) as OwnQuestion[]
    const answers = JSON.parse(row.answers) as Record<string, unknown>
    for (const { name, label, type } of questions) {
      const isSame = asked.some((one) => one.name === name && one.label === label && one.type === type)
      if (isSame && Object.hasOwn(answers, name) && !Object.hasOwn(found, name)) found[name] = answers[name]
    }
  }
  return found
}
