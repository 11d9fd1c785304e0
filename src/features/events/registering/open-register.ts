import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import type { Language } from '../../../chat/language.ts'
import type { Click } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { eventHeadline, whenOf } from '../lists/event-texts.ts'
import { type Event, findEvent, type OwnQuestion, registersWith } from '../records.ts'
import { typedAnswers } from './question-fields.ts'
import type { RegisterContext } from './register-form.ts'

/** Registrations that are looked through for what was answered before. */
const mostLookedThrough = 20

/** Opens the form of an event. What plainly cannot be is said before anybody fills it in; the settling decides. */
export async function openRegister(click: Click): Promise<Acknowledgement> {
  const { trx, action, language, now } = click
  const { event, registering } = await eventToRegister(trx, action.value.event ?? '', now)
  const person = await findPersonByAccount(trx, action.account)
  if (!person && !registering.audience.public) throw new PlainError('registration:refused.sign-in-first')
  return click.openForm('events.register', {
    context: contextOf(event, registering, { group: action.group ?? false, language, now }),
    values: {
      ...typedAnswers(
        registering.questions,
        await answersBefore(trx, person?.id ?? null, action.account, registering.questions),
      ),
    },
  })
}

/** Throws PlainError where nobody can register now. @param idOrNumber as it was typed or pressed. */
export async function eventToRegister(
  db: Reads,
  idOrNumber: string,
  now: Date,
): Promise<{ event: Event; registering: Event }> {
  const event = await findEvent(db, idOrNumber)
  // What is a draft is told to nobody as being there.
  if (!event || event.row.state === 'draft') throw new PlainError('registration:refused.no-such-event')
  const lead = registersWith(event)
  const registering = lead === event.row.id ? event : ((await findEvent(db, lead)) ?? event)
  const refuse = (reason: string) => {
    throw new PlainError(`registration:refused.${reason}`)
  }
  const at = now.toISOString()
  const { opens_at, closes_at } = registering.row
  if (event.row.state === 'cancelled') refuse('cancelled-event')
  if (event.row.state === 'over' || event.row.ends_at <= at) refuse('over')
  if (opens_at !== null && at < opens_at) refuse('not-open-yet')
  if (closes_at <= at) refuse('registration-closed')
  return { event, registering }
}

function contextOf(
  event: Event,
  registering: Event,
  { group, language, now }: { group: boolean; language: Language; now: Date },
): RegisterContext {
  return {
    event: event.row.id,
    headline: eventHeadline(event.row),
    when: whenOf(event.row, language, now),
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
