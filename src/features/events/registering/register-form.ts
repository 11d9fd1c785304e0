import type { Account } from '../../../chat/incoming.ts'
import type { FormDefinition, FormField, FormPage, Receipt, Submission } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { acceptPresses } from '../presses/accept.ts'
import type { Registrant } from '../presses/press.ts'
import { findEvent, type OwnQuestion, registersWith } from '../records.ts'
import { answersOf, questionFields } from './question-fields.ts'
import { receivedCard } from './receipt-card.ts'

/** Questions that one page shows: a phone shows no more at once. */
const mostOnPage = 6

/** What a draft of the form knows of its event, as it was when it began. */
export interface RegisterContext extends Record<string, string> {
  /** The event that was chosen; its registrations may hang on another. */
  event: string
  headline: string
  when: string
  /** JSON of the own questions. */
  questions: string
  mostGuests: string
  /** `yes`: others than the asker read the conversation. */
  group: string
}

/** 报名 with the event's own questions: the same form for every event, whose pages come from its context. */
export function createRegisterForm(): FormDefinition {
  return {
    name: 'events.register',
    version: 1,
    // A guest's name and what they answer outlast no registration that is erased.
    sealed: true,
    title: 'registration:form.title',
    subject: 'registration:form.subject',
    pages: [],
    pagesOf: registerPages,
    seenBy: 'registration:form.seen-by',
    submit,
  }
}

/** Who comes, how many, and what the event asks; a form without any of these is its summary alone. */
function registerPages(context: Readonly<Record<string, string>>): FormPage[] {
  const intro = ['registration:form.intro']
  const mostGuests = Number(context.mostGuests ?? 0)
  const guests: FormField[] =
    mostGuests > 0
      ? [
          {
            ...{
              name: 'guests',
              type: 'number',
              label: 'registration:form.guests',
              least: 0,
              most: mostGuests,
            },
            hint: 'registration:form.guests-hint',
          },
        ]
      : []
  const asked = [...guests, ...questionFields(questionsIn(context))]
  const pages: FormPage[] = [
    {
      name: 'who',
      intro,
      when: (_values, { guest }) => guest === 'yes',
      fields: [{ name: 'name', type: 'text', label: 'registration:form.name', required: true, most: 40 }],
    },
  ]
  for (let at = 0; at < asked.length; at += mostOnPage)
    pages.push({ name: `questions-${at / mostOnPage + 1}`, intro, fields: asked.slice(at, at + mostOnPage) })
  return pages
}

export function questionsIn({ questions = '[]' }: Readonly<Record<string, string>>): OwnQuestion[] {
  return JSON.parse(questions) as OwnQuestion[]
}

async function submit(sent: Submission): Promise<Receipt> {
  const { trx, draft, account, person, language, now, values, context } = sent
  const event = await findEvent(trx, context.event ?? '')
  if (!event) throw new PlainError('registration:refused.no-such-event')
  const guests = typeof values.guests === 'number' ? values.guests : 0
  const answers = answersOf(questionsIn(context), values)
  sent.onceSaid((reply) =>
    acceptPresses(
      trx,
      [
        {
          key: `form ${draft}`,
          event: registersWith(event),
          press: {
            deed: { type: 'register', guests, answers },
            who: registrantOf(person, account, values.name),
            by: { account, person },
            ...{ team: null, language, reply },
          },
        },
      ],
      now,
    ),
  )
  const { number } = event.row
  return {
    ...{ number, card: receivedCard(eventHeadline(event.row), language), alone: true },
    toast: translate(language, 'registration:received'),
  }
}

/** Whoever has signed in since the form began is no guest any more. */
function registrantOf(person: string | null, account: Account, name: unknown): Registrant {
  if (person !== null) return { type: 'person', person }
  if (typeof name !== 'string') throw new PlainError('registration:refused.sign-in-first')
  return { type: 'account', account, name }
}
