import { randomUUID } from 'node:crypto'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import type { FormDefinition, FormPage, Receipt, Submission } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { findEvent } from '../records.ts'
import { datesText } from './dates-text.ts'
import { mayRegisterOthers } from './may-register-others.ts'
import { eventToRegister } from './open-register.ts'
import { answersOf, questionFields } from './question-fields.ts'
import { receivedCard } from './receipt-card.ts'
import { questionsIn } from './register-form.ts'
import { mostInTeam, namesIn, registerTeam } from './team.ts'

/** 代报名: a cadre registers their people, one or a team. Each is told, and may say no. */
export function createOthersForm(context: EventsContext): FormDefinition {
  return {
    name: 'events.register-others',
    version: 1,
    // Names of the public are typed into it.
    sealed: true,
    title: 'registration:others.title',
    subject: 'registration:form.subject',
    pages: [],
    pagesOf: othersPages,
    seenBy: 'registration:form.seen-by',
    submit: (sent) => submit(sent, context),
  }
}

/** Whom, all or as many as find a seat, and the event's own questions, answered for all alike. */
function othersPages(context: Readonly<Record<string, string>>): FormPage[] {
  const own = questionFields(questionsIn(context))
  return [
    {
      name: 'whom',
      intro: ['registration:form.intro', 'registration:others.intro'],
      fields: [
        {
          ...{ name: 'people', type: 'people', label: 'registration:others.people', colleagues: true },
          ...{ most: mostInTeam, required: context.public !== 'yes' },
          hint: 'registration:others.people-hint',
        },
        ...(context.public === 'yes'
          ? [
              {
                ...{ name: 'names', type: 'long-text' as const, label: 'registration:others.names' },
                ...{ hint: 'registration:others.names-hint', most: 2000 },
              },
            ]
          : []),
        {
          ...{ name: 'fit', type: 'select', label: 'registration:others.fit', required: true, usual: 'some' },
          options: [
            { value: 'some', label: 'registration:others.some' },
            { value: 'all', label: 'registration:others.all' },
          ],
        },
      ],
    },
    ...(own.length > 0 ? [{ name: 'questions', intro: ['registration:others.questions'], fields: own }] : []),
  ]
}

/** Opens the form for whoever may register others; `people` of the button's value are names that were typed. */
export async function openOthers(click: Click): Promise<Acknowledgement> {
  const { trx, action, language, now } = click
  const { event, registering } = await eventToRegister(trx, action.value.event ?? '', { language, now })
  const person = await findPersonByAccount(trx, action.account)
  await mayRegisterOthers(trx, person?.id ?? null, registering, now)
  return click.openForm('events.register-others', {
    context: {
      event: event.row.id,
      headline: eventHeadline(event.row),
      when: await datesText(trx, event, language, now),
      questions: JSON.stringify(registering.questions),
      public: registering.audience.public ? 'yes' : '',
    },
    values: action.value.people ? { people: action.value.people } : {},
  })
}

async function submit(sent: Submission, context: EventsContext): Promise<Receipt> {
  const { trx, account, person, language, now, values } = sent
  const event = await findEvent(trx, sent.context.event ?? '')
  if (!event || person === null) throw new PlainError('registration:refused.no-such-event')
  const { registering } = await eventToRegister(trx, event.row.id, { language, now })
  await mayRegisterOthers(trx, person, registering, now)
  const people = Array.isArray(values.people) ? values.people.map(String) : []
  const names = sent.context.public === 'yes' ? namesIn(values.names) : []
  if (people.length + names.length === 0) throw new PlainError('registration:others.nobody')
  if (people.length + names.length > mostInTeam)
    throw new PlainError('registration:others.too-many', { most: mostInTeam })
  sent.onceSaid((reply) =>
    registerTeam(trx, context, {
      ...{
        team: randomUUID(),
        event: registering,
        people,
        names,
        by: { account, person },
        language,
        reply,
        now,
      },
      answers: answersOf(questionsIn(sent.context), values),
      allOrNone: values.fit === 'all',
    }),
  )
  return {
    ...{ number: event.row.number, card: receivedCard(eventHeadline(event.row), language), alone: true },
    toast: translate(language, 'registration:received'),
  }
}
