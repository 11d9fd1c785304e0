import type { Card } from '../../src/chat/card.ts'
import { chooseGroupsCard } from '../../src/features/events/announcing/choose-groups.ts'
import { messageCard, messagesCard, queuedCard } from '../../src/features/events/announcing/message-cards.ts'
import { messageGroupNames } from '../../src/features/events/announcing/message-groups.ts'
import { createWriteForm } from '../../src/features/events/announcing/write-form.ts'
import type { EventsContext } from '../../src/features/events/context.ts'
import { eventCard } from '../../src/features/events/lists/event-card.ts'
import type { EventView } from '../../src/features/events/lists/event-view.ts'
import { eventsCard, type ListName, ownCard } from '../../src/features/events/lists/list-cards.ts'
import { type PeopleView, peopleCard, peopleViews } from '../../src/features/events/lists/people-card.ts'
import type { EventRow, RegistrationRow } from '../../src/features/events/records.ts'
import type { Sizes } from './extreme-texts.ts'
import { eventOf } from './walked-calendars.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/events'
const now = new Date('2026-03-02T01:00:00Z')
const list = <T>(many: number, make: (at: number) => T): T[] =>
  Array.from({ length: many }, (_, at) => make(at))

const states = [
  ...(['requested', 'confirmed', 'waiting', 'offered'] as const),
  ...(['cancelled', 'expired', 'declined'] as const),
]
const eventStates = ['draft', 'published', 'cancelled', 'over'] as const
const lists: ListName[] = ['coming', 'found', 'managed', 'own']

function registrationOf({ name, remark }: Sizes, state: RegistrationRow['state']): RegistrationRow {
  const at = now.toISOString()
  return {
    ...{ id: 'r'.repeat(36), event: 'e'.repeat(36), seq: 1, person: 'p', account: null, organisation: null },
    ...{ name, contact: null, state, pool: '', guests: 3, answers: JSON.stringify({ paper: remark }) },
    ...{ priority: 0, team: null, registered_by: 'q', offer_until: at, arrangement: 0, language: 'zh-CN' },
    ...{ asked_to_leave_at: null, receipt_hash: 'h', checked: 0, created_at: at, changed_at: at },
  } as RegistrationRow
}

function viewOf(
  sizes: Sizes,
  changed: Partial<EventRow>,
  own: RegistrationRow | null,
  taken: number,
): EventView {
  const event = eventOf(sizes)
  const row = { ...event.row, reason: sizes.remark, ...changed }
  return {
    ...{
      event: { ...event, row },
      registering: row,
      own,
      isGuest: false,
      kind: sizes.name,
      audience: sizes.title,
      dates: sizes.many,
    },
    seats: { taken, waiting: sizes.many, requested: 2, revision: 1, reservedLeft: 3 },
    may: { manage: true, view: true },
  }
}

/** Events as groups and people see them, lists, who registered, and what organisers write. */
export const walkedShowing: Walked[] = [
  {
    makers: [`${folder}/lists/event-card.ts#eventCard`],
    cards: (language, sizes): Card[] =>
      eventStates.flatMap((state) =>
        [null, ...states].flatMap((own) =>
          [0, 100].flatMap((taken) => {
            const view = viewOf(sizes, { state }, own && registrationOf(sizes, own), taken)
            return (['group', 'alone'] as const).map((where) => eventCard(view, { where, language, now }))
          }),
        ),
      ),
  },
  {
    makers: ['eventsCard', 'ownCard', 'listCard'].map((maker) => `${folder}/lists/list-cards.ts#${maker}`),
    cards: (language, sizes): Card[] =>
      lists.flatMap((name) =>
        [0, 1, 6].flatMap((many) => {
          const views = list(many, () => viewOf(sizes, {}, registrationOf(sizes, 'confirmed'), 5))
          const more = { label: '更多', action: 'events.list', value: { list: name, after: 'x' } }
          const options = { list: name, more, language, now }
          const kinds = { byName: () => null, all: () => [] }
          const own = views.map(({ event }) => ({ event, registration: registrationOf(sizes, 'offered') }))
          const mine = new Map(own.map(({ event, registration }) => [event.row.id, registration]))
          return [
            eventsCard(views, { kinds }, { own: mine, isGuest: false }, options),
            eventsCard(views, { kinds }, { own: new Map(), isGuest: true }, options),
            ownCard(own, options),
          ]
        }),
      ),
  },
  {
    makers: [`${folder}/lists/people-card.ts#peopleCard`],
    cards: (language, sizes): Card[] =>
      (Object.keys(peopleViews) as PeopleView[]).map((view) => {
        const event = eventOf(sizes)
        const question = {
          name: 'paper',
          label: sizes.name,
          type: 'text' as const,
          required: true,
          options: [],
        }
        const registrations = list(Math.min(15, sizes.many), (at) => ({
          row: registrationOf(sizes, states[at % states.length]!),
          organisation: sizes.name,
          registeredBy: '',
          checkIn: at % 2 === 0 ? { how: 'button' as const, at: now.toISOString() } : null,
        }))
        const byState = Object.fromEntries(states.map((state) => [state, { registrations: 7, guests: 2 }]))
        const figures = { byState, checkedIn: 3, toConfirmAgain: 4 }
        return peopleCard(
          { ...event, questions: [question] },
          { figures, registrations, view, next: 'x' },
          {
            language,
            now,
            url: 'http://bot.example/console',
            signIn: 'http://bot.example/s',
            mayManage: true,
          },
        )
      }),
  },
  {
    makers: [`${folder}/announcing/choose-groups.ts#chooseGroupsCard`],
    cards: (language, sizes): Card[] =>
      [0, sizes.many].map((many) =>
        chooseGroupsCard(
          eventOf(sizes),
          list(many, (at) => ({
            chat: { platform: at % 2 ? 'slack' : 'feishu', installation: 'T1', chat: `C${at}` },
            ...{ organisation: sizes.name, announced: at % 5 === 1 },
          })),
          language,
        ),
      ),
  },
  {
    makers: ['messageCard', 'queuedCard', 'messagesCard'].map(
      (maker) => `${folder}/announcing/message-cards.ts#${maker}`,
    ),
    cards: (language, sizes): Card[] => {
      const event = eventOf(sizes)
      const sent = messageGroupNames.map((group, at) => ({
        ...{
          group,
          text: sizes.reply,
          at: now.toISOString(),
          people: 60,
          unreached: at,
          isDone: at % 2 === 0,
        },
        deliveries: at === 0 ? null : { sent: 50, waiting: at, failed: at },
      }))
      return [
        messageCard(event, sizes.reply, language),
        queuedCard(event, { reached: sizes.many, unreached: 2 }, language),
        messagesCard(event, sent, language, now),
        messagesCard(event, [], language, now),
      ]
    },
  },
]

/** By which organisers write; nothing is sent here. */
export const showingForms = [createWriteForm({ wakeWorkers() {} } as EventsContext)]
