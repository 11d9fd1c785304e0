import type { Card } from '../../src/chat/card.ts'
import { bookingCard, bookingsCard } from '../../src/features/resources/booking/booking-cards.ts'
import { createBookingForms } from '../../src/features/resources/booking/booking-forms.ts'
import type { BookingFacts } from '../../src/features/resources/booking/facts.ts'
import type { ResourcesContext } from '../../src/features/resources/context.ts'
import { resourceCard, resourcesCard, textCard } from '../../src/features/resources/finding/resource-cards.ts'
import { createEntryForm } from '../../src/features/resources/keeping/entry-form.ts'
import { openResourceKinds } from '../../src/features/resources/kinds.ts'
import { parseOpenHours } from '../../src/features/resources/open-hours.ts'
import type { BookingRow, ResourceRow } from '../../src/features/resources/records.ts'
import type { Values } from '../forms/form-house.ts'
import { hardText, type Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/resources'
const kinds = openResourceKinds({ folder: 'knowledge/resources', refused: () => {} })
const context = { kinds, publicUrl: () => 'http://bot.example' } as unknown as ResourcesContext
const states = [
  ...([
    'requested',
    'proposed',
    'confirmed',
    'declined',
    'withdrawn',
    'cancelled',
    'expired',
    'over',
  ] as const),
]

export const resourceForms = [...createBookingForms(context), createEntryForm(context)]

/** What is taken in fields that are read further than their type says. */
export const resourceAnswers: Values = { hours: '周一至周五 09:00-12:00 14:00-17:00；周六 09:00-12:00' }

const list = <T>(many: number, make: (at: number) => T): T[] =>
  Array.from({ length: many }, (_, at) => make(at))
const cut = (text: string, most: number) => Array.from(text).slice(0, most).join('')

function rowOf({ title, remark, background, name }: Sizes, state: ResourceRow['state']): ResourceRow {
  const at = '2026-03-02T01:00:00.000Z'
  return {
    ...{ id: 'e'.repeat(36), number: 'ZY-2026-0001', kind: 'facility', title: cut(title, 60), state },
    ...{ description: cut(background, 1000), subjects: cut(title, 200), organisation: 'o', owner: null },
    ...{ place: cut(title, 100), region: cut(name, 40), share: 'public', time_zone: 'Asia/Urumqi' },
    ...{ hours: '1-5 09:00-17:00', on_working_days: 1, lead_days: 3, most_people: 100, most_a_day: 4 },
    ...{ together: 50, rules: cut(background, 1000), contact: cut(remark, 100), photo: null, photo_type: '' },
    ...{ created_by: null, created_at: at, changed_at: at },
  }
}

function factsOf(sizes: Sizes, state: BookingRow['state']): BookingFacts {
  const { remark, name, question } = sizes
  const at = '2026-03-02T01:00:00.000Z'
  return {
    booking: {
      ...{ id: 'b'.repeat(36), number: 'YY-2026-0001', resource: 'e', person: null, organisation: null },
      ...{ details: '', people: 100_000, day: '2026-03-05', holds: 1, state, reason: cut(remark, 300) },
      ...{ starts_at: '2026-03-05T01:00:00.000Z', ends_at: '2026-03-05T03:00:00.000Z', rating: null },
      ...{
        receipt_hash: null,
        language: 'zh-CN',
        comment: '',
        settled_by: null,
        created_at: at,
        changed_at: at,
      },
    },
    resource: rowOf(sizes, 'open'),
    details: {
      ...{ unit: cut(name, 60), name: cut(name, 30), phone: cut(name, 30), purpose: cut(question, 500) },
      wishes: cut(question, 200),
    },
    today: '2026-03-02',
  }
}

/** Resources and their bookings. */
export const walkedResources: Walked[] = [
  {
    makers: ['bookingCard', 'bookingsCard'].map((maker) => `${folder}/booking/booking-cards.ts#${maker}`),
    cards: (language, sizes): Card[] =>
      (['keeper', 'booker'] as const).flatMap((reader) => [
        ...states.map((state) => bookingCard(factsOf(sizes, state), reader, language, sizes.title)),
        bookingCard({ ...factsOf(sizes, 'over'), details: null }, reader, language),
        bookingsCard(
          hardText(60),
          list(8, () => factsOf(sizes, 'confirmed')),
          { count: sizes.many + 8, reader },
          language,
        ),
        bookingsCard(hardText(60), [], { count: 0, reader }, language),
      ]),
  },
  {
    makers: ['resourceCard', 'resourcesCard', 'textCard'].map(
      (maker) => `${folder}/finding/resource-cards.ts#${maker}`,
    ),
    cards: (language, sizes): Card[] => {
      const button = {
        label: 'A',
        action: 'resources.list',
        value: { text: hardText(300), kind: '', from: '6' },
      }
      return [
        ...(['open', 'paused', 'retired'] as const).flatMap((state) =>
          [true, false].map((isKeeper) =>
            resourceCard(
              {
                resource: {
                  ...{ row: rowOf(sizes, state), hours: parseOpenHours('1,3,5 09:00-12:00; 7 09:00-11:00') },
                  closed: new Set(list(sizes.many, () => '2026-05-04')),
                },
                ...{ organisation: sizes.name, owner: sizes.name, isKeeper },
                use: { times: 12, people: 480, rating: 4.5 },
                page: 'http://bot.example/r/1',
              },
              kinds,
              language,
            ),
          ),
        ),
        ...[0, 6].map((many) =>
          resourcesCard(
            {
              ...{ title: hardText(80), rows: list(many, () => rowOf(sizes, 'open')) },
              ...{ count: many + sizes.many, more: [button, button] },
            },
            kinds,
            language,
          ),
        ),
        textCard(sizes.remark || 'A', [button]),
      ]
    },
  },
]
