import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import type { FilledForm, FormDefinition, Receipt, Submission } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { EventsContext } from '../context.ts'
import { eventToManage } from '../lists/asked-event.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { findEvent } from '../records.ts'
import { queuedCard } from './message-cards.ts'
import { countGroup, groupNamed, messageGroupNames } from './message-groups.ts'

/** 群发通知: to whom, and what. Before it is sent it says how many will get it. */
export function createWriteForm(context: EventsContext): FormDefinition {
  return {
    name: 'events.write',
    version: 1,
    title: 'announcing:write.title',
    subject: 'announcing:write.subject',
    seenBy: 'announcing:write.seen-by',
    pages: [
      {
        name: 'message',
        intro: ['announcing:write.subject'],
        fields: [
          {
            name: 'group',
            type: 'select',
            label: 'announcing:write.group',
            required: true,
            options: messageGroupNames.map((value) => ({ value, label: `announcing:write.to.${value}` })),
          },
          { name: 'text', type: 'long-text', label: 'announcing:write.text', required: true, most: 2000 },
        ],
      },
    ],
    notes: previewOf,
    submit: (submission) => keepMessage(submission, context),
  }
}

export async function openWrite(click: Click): Promise<Acknowledgement> {
  const { trx, now, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const { row } = await eventToManage(trx, action.value.event ?? '', { person, action: 'event.manage', now })
  if (row.state === 'draft') throw new PlainError('announcing:write.draft')
  const group = groupNamed(action.value.group)
  return click.openForm('events.write', {
    context: { event: row.id, headline: eventHeadline(row) },
    ...(group === null ? {} : { values: { group } }),
  })
}

/** How many will get it, and how many cannot be reached. */
async function previewOf({ db, language, values, context }: FilledForm): Promise<string[]> {
  const event = await findEvent(db, context.event ?? '')
  const group = groupNamed(values.group)
  if (!event || group === null) return []
  const counts = await countGroup(db, event, group)
  return [
    counts.reached === 0
      ? translate(language, 'announcing:write.nobody-yet')
      : translate(language, 'announcing:write.preview', { count: counts.reached }),
    ...(counts.unreached > 0
      ? [translate(language, 'announcing:write.unreached', { count: counts.unreached })]
      : []),
  ]
}

/** Keeps what is to be sent; the same draft sends it once. */
async function keepMessage(
  { trx, draft, person, language, now, values, context: about }: Submission,
  context: EventsContext,
): Promise<Receipt> {
  const event = await eventToManage(trx, about.event ?? '', { person, action: 'event.manage', now })
  const group = groupNamed(values.group)
  const { reached, unreached } =
    group === null ? { reached: 0, unreached: 0 } : await countGroup(trx, event, group)
  if (person === null || group === null || reached === 0) throw new PlainError('announcing:write.nobody')
  await trx
    .insertInto('event_message')
    .values({
      ...{ id: draft, event: event.row.id, audience: group, text: String(values.text), by: person },
      ...{ people: 0, unreached: 0, at: now.toISOString(), done_at: null },
    })
    .execute()
  const payload = { message: draft, after: '' }
  await setTimer(trx, { id: `event message ${draft}`, kind: 'events.send-message', payload, at: now, now })
  context.wakeWorkers()
  return {
    number: event.row.number,
    card: queuedCard(event, { reached, unreached }, language),
    alone: true,
  }
}
