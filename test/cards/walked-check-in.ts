import type { Card } from '../../src/chat/card.ts'
import {
  feedbackCard,
  figuresCard,
  hoursCard,
  materialsCard,
  rateCard,
  thanksCard,
} from '../../src/features/events/after/after-cards.ts'
import {
  answerCard,
  byHandCard,
  codeCard,
  waysCard,
  whichCard,
} from '../../src/features/events/check-in/check-in-cards.ts'
import type { Sizes } from './extreme-texts.ts'
import { eventOf } from './walked-calendars.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/events'
const now = new Date('2026-03-13T06:00:00Z')
const list = <T>(many: number, make: (at: number) => T): T[] =>
  Array.from({ length: many }, (_, at) => make(at))

const answers = [
  { type: 'checked-in', at: now },
  { type: 'already', at: now },
  { type: 'refused', reason: 'waiting' },
] as const

function onlineEventOf(sizes: Sizes) {
  const event = eventOf(sizes)
  return { ...event, row: { ...event.row, online: 1 as const } }
}

/** Check-in, and what follows an event. */
export const walkedCheckIn: Walked[] = [
  {
    makers: ['codeCard', 'answerCard', 'byHandCard', 'whichCard', 'waysCard'].map(
      (maker) => `${folder}/check-in/check-in-cards.ts#${maker}`,
    ),
    cards(language, sizes): Card[] {
      const event = onlineEventOf(sizes)
      const { name } = sizes
      const url = `https://bot.example/c/K1${'A'.repeat(55)}`
      const button = { label: name, action: 'events.check-in', value: { event: event.row.id } }
      const registration = 'r'.repeat(36)
      return [
        codeCard(event, { name, letters: 'ABCDE FGHJK', url, language, now }),
        ...answers.map((answer) => answerCard(event, answer, { language, now })),
        answerCard(event, answers[2], { language, now, more: [button, button] }),
        ...answers.map((answer) => byHandCard(event, answer, { name, registration, language, now })),
        whichCard(
          event,
          list(5, () => ({ registration, label: `${name} ${name}` })),
          language,
        ),
        waysCard([], language, now),
        waysCard(
          list(Math.min(10, sizes.many), () => event),
          language,
          now,
        ),
      ]
    },
  },
  {
    makers: ['figuresCard', 'thanksCard', 'materialsCard', 'hoursCard', 'feedbackCard', 'rateCard'].map(
      (maker) => `${folder}/after/after-cards.ts#${maker}`,
    ),
    cards(language, sizes): Card[] {
      const event = eventOf(sizes)
      const { name, many, remark } = sizes
      const counts = { registered: many, came: many, absent: 0, guests: many, walkIns: 1 }
      const organisations = list(many, () => ({ ...counts, organisation: 'o', name }))
      const links = list(Math.min(20, many), () => ({
        name: `${Array.from(name).slice(0, 40).join('')}.pdf`,
        url: `https://bot.example/c/m/${'m'.repeat(36)}/${'r'.repeat(36)}/1773648000.${'t'.repeat(22)}`,
      }))
      const own = { hours: 1.5, number: 'HD-2026-0001', title: sizes.title, startsAt: event.row.starts_at }
      const years = list(Math.min(3, many), (at) => ({
        ...{ year: 2026 - at, hours: 10.25 },
        events: list(many, () => ({ ...own, timeZone: 'Asia/Shanghai' })),
      }))
      const comments = list(many, () => remark || '好')
      const shown = { average: 4.25, byRating: [0, 1, 2, 3, many], comments }
      const signed = comments.map((comment) => ({ comment, name }))
      return [
        ...[0, many].map((events) =>
          rateCard(
            list(events, () => event),
            { language, now },
          ),
        ),
        figuresCard(
          event,
          { ...counts, organisations },
          { language, url: 'https://bot.example/console/events/1', now },
        ),
        thanksCard(event, { language, links, hours: 1.5, now }),
        thanksCard(event, { language, links: [], hours: null, now }),
        materialsCard(event, { links, language }),
        hoursCard([], { language, now }),
        hoursCard(years, { language, now }),
        feedbackCard(event, { count: 4, shown: null, signed: [] }, language),
        feedbackCard(event, { count: many, shown, signed }, language),
      ]
    },
  },
]
