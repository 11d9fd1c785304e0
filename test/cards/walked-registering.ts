import type { Card } from '../../src/chat/card.ts'
import type { EventsContext } from '../../src/features/events/context.ts'
import type { Event, OwnQuestion, RegistrationRow } from '../../src/features/events/records.ts'
import { chooseCard } from '../../src/features/events/registering/choose-card.ts'
import { reasonForms } from '../../src/features/events/registering/decide-actions.ts'
import { deedsOf } from '../../src/features/events/registering/followed.ts'
import { followedCard } from '../../src/features/events/registering/followed-card.ts'
import type { FollowedRegistration } from '../../src/features/events/registering/followed-registration.ts'
import { createLeaveForm } from '../../src/features/events/registering/leave-form.ts'
import {
  leavingCard,
  requestsCard,
  settledCard,
  stayCard,
} from '../../src/features/events/registering/organiser-cards.ts'
import { createOthersForm } from '../../src/features/events/registering/others-form.ts'
import { receivedCard, sentenceCard } from '../../src/features/events/registering/receipt-card.ts'
import { createRegisterForm } from '../../src/features/events/registering/register-form.ts'
import { openOthersCard, teamCard } from '../../src/features/events/registering/team-card.ts'
import type { Told } from '../../src/features/events/registering/tell.ts'
import { offerAgainCard, toldCard } from '../../src/features/events/registering/tell-card.ts'
import type { Outcome } from '../../src/features/events/seats/outcome.ts'
import type { FormDefinition } from '../../src/forms/definition.ts'
import { hardText, type Sizes } from './extreme-texts.ts'
import { eventOf } from './walked-calendars.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/events/registering'
const now = new Date('2026-03-02T01:00:00Z')
const list = <T>(many: number, make: (at: number) => T): T[] =>
  Array.from({ length: many }, (_, at) => make(at))

const states = [
  ...(['requested', 'confirmed', 'waiting', 'offered'] as const),
  ...(['cancelled', 'expired', 'declined'] as const),
]

function rowOf({ name, remark }: Sizes, state: RegistrationRow['state']): RegistrationRow {
  return {
    ...{ id: 'r'.repeat(36), event: 'e'.repeat(36), seq: 1, person: 'p', account: null, organisation: null },
    ...{ name, contact: null, state, pool: '', guests: 3, answers: JSON.stringify({ paper: remark }) },
    ...{ priority: 0, team: null, registered_by: 'q', offer_until: now.toISOString(), arrangement: 0 },
    ...{ asked_to_leave_at: null, receipt_hash: 'h', language: 'zh-CN', checked: 0 },
    ...{ created_at: now.toISOString(), changed_at: now.toISOString() },
  } as RegistrationRow
}

/** What registrants, organisers and cadres are told about registrations. */
export const walkedRegistering: Walked[] = [
  {
    makers: [`${folder}/tell-card.ts#toldCard`, `${folder}/tell-card.ts#offerAgainCard`],
    cards(language, sizes): Card[] {
      const event = eventOf(sizes)
      const dates = list(sizes.many, () => event.row)
      return states.flatMap((state) =>
        [null, 'requested' as const, 'offered' as const].flatMap((from) => {
          const registration = { ...rowOf(sizes, state), language }
          const reason = sizes.remark
          const told: Told = { registration, from, position: 7, reply: null, by: 'x', reason }
          const facts = { event, dates, isLeaving: false, language, now }
          return [
            toldCard(told, { ...facts, registeredBy: sizes.name }),
            toldCard(
              { ...told, position: null, by: null },
              { ...facts, registeredBy: null, isLeaving: true },
            ),
            offerAgainCard(event, registration, now),
          ]
        }),
      )
    },
  },
  {
    makers: ['requestsCard', 'leavingCard', 'stayCard', 'settledCard'].map(
      (maker) => `${folder}/organiser-cards.ts#${maker}`,
    ),
    cards(language, sizes): Card[] {
      const paper: OwnQuestion = { name: 'paper', label: '题目', type: 'text', required: true, options: [] }
      const event = { ...eventOf(sizes), questions: [paper] }
      const row = rowOf(sizes, 'requested')
      const url = 'https://bot.example/console/events/1/registrations'
      const requests = list(Math.min(8, sizes.many), () => ({ row, organisation: sizes.name }))
      return [
        requestsCard(event, { requests, count: sizes.many }, { language, now, url }),
        requestsCard(event, { requests: [], count: 0 }, { language, now, url }),
        leavingCard(event, { ...row, name: '' }, { reason: sizes.reply.slice(0, 500), language }),
        stayCard(event, language),
        settledCard(event, language, 'registration:leaving.kept'),
      ]
    },
  },
  {
    makers: [
      ...['teamCard', 'openOthersCard'].map((maker) => `${folder}/team-card.ts#${maker}`),
      ...['receivedCard', 'sentenceCard'].map((maker) => `${folder}/receipt-card.ts#${maker}`),
      `${folder}/choose-card.ts#chooseCard`,
      `${folder}/followed-card.ts#followedCard`,
    ],
    cards(language, sizes): Card[] {
      const event = eventOf(sizes)
      const outcomes: Outcome[] = [
        { type: 'done', registration: 'r', state: 'waiting', position: 12 },
        { type: 'refused', reason: 'not-allowed', values: {} },
        { type: 'refused', reason: 'over', values: {} },
      ]
      const results = list(Math.min(50, sizes.many), (at) => ({
        name: sizes.name,
        outcome: outcomes[at % outcomes.length]!,
      }))
      const own = list(sizes.many, () => ({ event, registration: rowOf(sizes, 'confirmed') }))
      const deeds = ['cancel', 'accept-offer', 'decline-offer', 'ask-to-leave'] as const
      const web = 'https://bot.example/e/HD-2026-0001/registration'
      return [
        teamCard(event, results, language, now),
        openOthersCard(
          event,
          list(50, () => sizes.name),
          language,
        ),
        receivedCard(sizes.title, language),
        sentenceCard(language, 'registration:others.unknown', {}, 'refusal'),
        ...deeds.map((deed) => chooseCard(own, deed, language, now)),
        ...states.map((state) =>
          followedCard(
            followed(
              event,
              rowOf(sizes, state),
              list(sizes.many, () => event),
              web,
              now,
            ),
            { code: 'ABCD2345', web, language, now },
          ),
        ),
      ]
    },
  },
]

const none = {} as EventsContext

function followed(
  event: Event,
  registration: RegistrationRow,
  dates: Event[],
  codeUrl: string,
  now: Date,
): FollowedRegistration {
  return {
    ...{ event, registration, name: registration.name, position: 3, isOver: false, calendarUrl: codeUrl },
    dates: dates.map((date) => ({
      ...{ event: date, isOver: false, codeUrl, wasThere: false, materials: [], rating: 'none' },
    })),
    may: deedsOf(registration, event, { isOver: false, now }),
  }
}
const own: OwnQuestion[] = [
  ...(['text', 'long-text', 'number', 'checkbox', 'date'] as const).map(
    (type): OwnQuestion => ({ name: type, label: hardText(200), type, required: true, options: [] }),
  ),
  ...(['select', 'multi-select'] as const).map(
    (type): OwnQuestion => ({
      ...{ name: type, label: hardText(200), type, required: false },
      options: list(20, (at) => `${at} ${hardText(100)}`),
    }),
  ),
]

/** Forms of registrations, with the pages of an event that asks all that can be asked. */
export const registeringForms: FormDefinition[] = [
  createRegisterForm(),
  createOthersForm(none),
  createLeaveForm(),
  ...reasonForms(none),
].map((form) => {
  const context = { questions: JSON.stringify(own), mostGuests: '5', public: 'yes' }
  const { pagesOf, ...rest } = form
  return pagesOf ? { ...rest, pages: pagesOf(context) } : form
})
