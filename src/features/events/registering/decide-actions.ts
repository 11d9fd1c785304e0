import { randomUUID } from 'node:crypto'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Language } from '../../../chat/language.ts'
import type { ActionHandler, Click } from '../../../conversation/feature.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import type { FormDefinition, Submission } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { type Event, findEvent, registersWith } from '../records.ts'
import { approveRequests, cancelRegistrations, type Decision, declineRequests } from './decisions.ts'
import { registrantName, settledCard, stayCard } from './organiser-cards.ts'
import { needsOrganiser } from './organisers.ts'
import { sentenceCard } from './receipt-card.ts'
import { addressOfRegistrant, languageOfRegistrant } from './registrant.ts'
import { sealedRequests } from './requests.ts'

/** Requests that one press approves; the rest follows with the next. */
const mostAtOnce = 200
/** Names that stand above the field for a reason. */
const mostNamed = 5

/**
 * What organisers decide about registrations, in chat and on pages. Each takes `event` and `registrations`, ids parted by
 * commas; `approve-all` takes `until` instead.
 */
export function decideActions(context: EventsContext): Record<string, ActionHandler> {
  const action = (run: ActionHandler['run']): ActionHandler => ({ reads: false, run })
  return {
    approve: action(async (click) => {
      const { event, by } = await organiserOf(click)
      const approved = await approveRequests(click.trx, context, event, chosenIn(click.action.value), {
        ...{ by, reason: '', now: click.now },
      })
      return decided(click, context, event, approved)
    }),

    requests: {
      reads: true,
      async run(click) {
        const { trx, language, now } = click
        const { event } = await organiserOf(click)
        return { beside: await sealedRequests(trx, context, event, { language, now }), besideAlone: true }
      },
    },

    'approve-all': action(async (click) => {
      const { event, by } = await organiserOf(click)
      const { until = '' } = click.action.value
      const rows = await click.trx
        .selectFrom('event_registration')
        .select('id')
        .where('event', '=', event.row.id)
        .where('state', '=', 'requested')
        .where('changed_at', '<=', until)
        .orderBy('seq')
        .limit(mostAtOnce)
        .execute()
      const ids = rows.map(({ id }) => id)
      const decision = { by, reason: '', now: click.now }
      return decided(click, context, event, await approveRequests(click.trx, context, event, ids, decision))
    }),

    refuse: action((click) => openReason(click, 'events.refuse')),
    remove: action((click) => openReason(click, 'events.remove')),

    'let-go': action(async (click) => {
      const { event, by } = await organiserOf(click)
      const ids = chosenIn(click.action.value)
      await cancelRegistrations(click.trx, context, event, ids, { by, reason: '', now: click.now })
      const done = translate(click.language, 'registration:leaving.let-go')
      return { toast: done, replace: settledCard(event, click.language, 'registration:leaving.let-go') }
    }),

    keep: action(async (click) => {
      const { event } = await organiserOf(click)
      await keepThem(click.trx, event, chosenIn(click.action.value), click.now)
      const done = translate(click.language, 'registration:leaving.kept')
      return { toast: done, replace: settledCard(event, click.language, 'registration:leaving.kept') }
    }),
  }
}

const refusing = {
  title: 'registration:refuse.title',
  intro: 'registration:refuse.intro',
  done: 'registration:refuse.done',
}
const removing = {
  title: 'registration:remove.title',
  intro: 'registration:remove.intro',
  done: 'registration:remove.done',
}

/** The forms in which organisers say why. */
export function reasonForms(context: EventsContext): FormDefinition[] {
  const form = (
    say: { title: string; intro: string; done: string },
    carryOut: (trx: Trx, event: Event, ids: string[], decision: Decision) => Promise<number>,
  ): Omit<FormDefinition, 'name' | 'version'> => ({
    title: say.title,
    subject: 'registration:form.subject',
    seenBy: null,
    pages: [
      {
        name: 'reason',
        intro: [say.intro],
        fields: [
          { name: 'reason', type: 'long-text', label: 'registration:reason', required: true, most: 500 },
        ],
      },
    ],
    async submit({ trx, values, context: about, account, language, now }: Submission) {
      const event = await eventOf(trx, about.event)
      const by = await needsOrganiser(trx, account, event, now)
      const decision = { by, reason: String(values.reason), now }
      const count = await carryOut(trx, event, chosenIn(about), decision)
      const card = sentenceCard(language, say.done, { count })
      return { number: event.row.number, card: { ...card, title: eventHeadline(event.row) }, alone: true }
    },
  })
  return [
    {
      name: 'events.refuse',
      version: 1,
      ...form(refusing, (trx, event, ids, decision) => declineRequests(trx, context, event, ids, decision)),
    },
    {
      name: 'events.remove',
      version: 1,
      ...form(removing, (trx, event, ids, decision) =>
        cancelRegistrations(trx, context, event, ids, decision),
      ),
    },
  ]
}

async function openReason(click: Click, form: string): Promise<Acknowledgement> {
  const { event } = await organiserOf(click)
  const ids = chosenIn(click.action.value)
  const who = await namesOf(click.trx, event, ids, click.language)
  return click.openForm(form, {
    context: {
      event: event.row.id,
      registrations: ids.join(','),
      headline: eventHeadline(event.row),
      count: String(ids.length),
      who,
    },
  })
}

/** Whom a reason will be told to, as far as a line holds. */
async function namesOf(trx: Trx, event: Event, ids: readonly string[], language: Language): Promise<string> {
  if (ids.length === 0) return ''
  const rows = await trx
    .selectFrom('event_registration')
    .select('name')
    .where('event', '=', event.row.id)
    .where('id', 'in', ids.slice(0, mostNamed))
    .orderBy('seq')
    .execute()
  const names = rows.map((row) => registrantName(row, language)).join(language === 'en' ? ', ' : '、')
  return ids.length > mostNamed ? `${names}……` : names
}

/** The event that takes the registrations, for whoever may manage it. */
async function organiserOf({ trx, action, now }: Click): Promise<{ event: Event; by: string }> {
  const event = await eventOf(trx, action.value.event)
  return { event, by: await needsOrganiser(trx, action.account, event, now) }
}

async function eventOf(trx: Trx, id: string | undefined): Promise<Event> {
  const named = await findEvent(trx, id ?? '')
  const event = named && (await findEvent(trx, registersWith(named)))
  if (!event) throw new PlainError('registration:refused.no-such-event')
  return event
}

function chosenIn({ registrations = '' }: Readonly<Record<string, string>>): string[] {
  return registrations.split(',').filter((id) => id !== '')
}

/** What waits still, in place of what was decided. */
async function decided(
  click: Click,
  context: EventsContext,
  event: Event,
  count: number,
): Promise<Acknowledgement> {
  const { trx, language, now } = click
  return {
    toast: translate(language, 'registration:requests.approved', { count }),
    replace: await sealedRequests(trx, context, event, { language, now }),
  }
}

/** Tells those who asked to be let go that they are counted on. */
async function keepThem(trx: Trx, event: Event, ids: readonly string[], now: Date): Promise<void> {
  const rows =
    ids.length === 0
      ? []
      : await trx
          .updateTable('event_registration')
          .set({ asked_to_leave_at: null })
          .where('event', '=', event.row.id)
          .where('id', 'in', ids)
          .where('asked_to_leave_at', 'is not', null)
          .where('state', 'in', ['confirmed', 'offered'])
          .returning(['id', 'person', 'account', 'language'])
          .execute()
  if (rows.length === 0) throw new PlainError('registration:leaving.settled')
  for (const row of rows) {
    const to = await addressOfRegistrant(trx, row)
    if (!to) continue
    const card = stayCard(event, languageOfRegistrant(row))
    await enqueue(trx, { id: randomUUID(), to, card, lane: 'confirmation', now })
  }
}
