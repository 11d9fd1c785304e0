import type { Language } from '../../src/chat/language.ts'
import { aboveCard, tellGroupCard } from '../../src/features/reminders/items/above-card.ts'
import { digestCard } from '../../src/features/reminders/items/digest-card.ts'
import { groupCard } from '../../src/features/reminders/items/group-card.ts'
import { itemCard, pointerCard, saidCard, snoozeCard } from '../../src/features/reminders/items/item-card.ts'
import { itemForms } from '../../src/features/reminders/items/item-forms.ts'
import { cardOf } from '../../src/features/reminders/items/renew-cards.ts'
import type { ItemView } from '../../src/features/reminders/items/views.ts'
import type { Values } from '../forms/form-house.ts'
import type { Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

export const remindingForms = itemForms({} as Parameters<typeof itemForms>[0])

/** What is taken in fields that are read further than their type says. */
export const remindingAnswers: Values = { day: '2027-01-05', to: '李四' }

const states = ['open', 'acknowledged', 'handed-over', 'ended'] as const
const at = '2026-03-02T01:00:00.000Z'

function view(
  { title, background, name, remark }: Sizes,
  state: (typeof states)[number],
  means: 'know' | 'done' | 'form' = 'know',
  person: string | null = 'p',
): ItemView {
  return {
    row: {
      ...{ id: 'i'.repeat(36), number: 'DB-2026-000123', run: 'r'.repeat(55), reminder: 'r', position: 0 },
      ...{ person, chat: null, state, opened_at: at, closed_at: state === 'open' ? null : at },
      ...{ closed_by: null, note: state === 'ended' ? 'reminding:ended.replaced' : remark, handed_to: null },
      ...{ snoozed_until: at, step: 1, told_at: at },
    },
    reminder: {
      ...{
        id: 'r',
        number: 'TX-2026-0001',
        title,
        text: background,
        texts: '{}',
        organisation: null,
        owner: null,
      },
      ...{ rule: '{}', time_zone: 'Asia/Shanghai', means, form: null, context: '{}', each: 1, useful_for: 0 },
      ...{ steps: JSON.stringify([{ after: { workingHours: 1 }, to: 'urgent' }]), quiet: '' },
      ...{ state: 'active', reason: '', origin: null, template: null, exceptions: '{}', last_key: null },
      ...{ next_key: null, next_at: null, provisional: 0, created_by: null, created_at: at, changed_at: at },
    },
    ...{ late: true, dueAt: new Date(at), holder: person === null ? '' : name, from: name },
    ...{ closedBy: state === 'acknowledged' ? name : '', handedBy: name, handedTo: name },
    told: state === 'open' ? 2 : 1,
    files: state === 'acknowledged' ? [name, title] : [],
  }
}

const folder = 'src/features/reminders/items'

export const walkedItems: Walked[] = [
  {
    makers: [
      ...['aboveCard', 'tellGroupCard'].map((name) => `${folder}/above-card.ts#${name}`),
      ...[`${folder}/digest-card.ts#digestCard`, `${folder}/group-card.ts#groupCard`],
      ...['itemCard', 'pointerCard', 'saidCard', 'snoozeCard'].map(
        (name) => `${folder}/item-card.ts#${name}`,
      ),
    ],
    cards(language: Language, sizes: Sizes) {
      const reader = { language, zone: 'Asia/Shanghai', now: new Date(at) }
      const many = Array.from({ length: Math.max(1, sizes.many) }, (_, n) =>
        view(sizes, states[(n % 8) >> 1]!),
      )
      const anybody = view(sizes, 'open', 'done', null)
      const inGroup = (each: 0 | 1, state: (typeof states)[number]) => {
        const { row, reminder, ...rest } = view(sizes, state, 'done', null)
        return { ...rest, row: { ...row, chat: '{}' }, reminder: { ...reminder, each } }
      }
      // Asked of each, whom nobody can list; of anybody, and taken over.
      const shared = [
        ...(['open', 'acknowledged', 'ended'] as const).map((state) => [inGroup(1, state), ...many]),
        ...(['open', 'handed-over'] as const).map((state) => [inGroup(0, state), view(sizes, 'open')]),
      ]
      return [
        ...states.map((state) => itemCard(view(sizes, state, 'done'), reader)),
        ...(['know', 'form'] as const).map((means) => itemCard(view(sizes, 'open', means), reader)),
        pointerCard(reader),
        snoozeCard(view(sizes, 'open'), reader),
        saidCard(sizes.remark || 'x'),
        ...[{ from: 0 }, { from: 8 }, { choose: true }].map((more) => digestCard(many, reader, more)),
        groupCard(many, reader),
        groupCard([anybody], reader),
        ...shared.map((views) => groupCard(views, reader)),
        snoozeCard(anybody, reader),
        aboveCard(many, reader),
        aboveCard([anybody, view(sizes, 'ended')], reader),
        tellGroupCard(many, reader),
        cardOf({ kind: 'digest', person: 'p' }, many, reader),
      ]
    },
  },
]
