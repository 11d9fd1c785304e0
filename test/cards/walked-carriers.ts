import type { Language } from '../../src/chat/language.ts'
import {
  carrierCard,
  carriersCard,
  gradingCard,
  reminderCard,
  textCard,
} from '../../src/features/carriers/carrier-cards.ts'
import { carrierForms } from '../../src/features/carriers/carrier-forms.ts'
import { figuresOf, type ListedCarrier } from '../../src/features/carriers/overview.ts'
import { carrierKinds, readCarrierRules } from '../../src/features/carriers/rules.ts'
import { matters } from '../../src/features/carriers/schedule.ts'
import type { Values } from '../forms/form-house.ts'
import { hardText, type Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

export const carriersForms = carrierForms({ rules: readCarrierRules('') })

/** What is taken in fields that are read further than their type says. */
export const carrierAnswers: Values = {
  ...{ starts: '2024-03-01', ends: '2199-12-31', day: '2024-05-01', year: '2024', score: '92.5' },
  needs: Array.from({ length: 24 }, () => hardText(200)).join('\n'),
  experts: Array.from({ length: 24 }, (_, at) => `${hardText(190)}${at}`).join('\n'),
}

function listed(sizes: Sizes, state: 'active' | 'ended', at: number): ListedCarrier {
  const { title, remark, background, name, many } = sizes
  const lines = Array.from({ length: many }, () => title)
  return {
    carrier: {
      row: {
        ...{ id: 'c'.repeat(36), number: 'ZT-2026-0001', kind: carrierKinds[at % 4]!, name: title },
        ...{ organisation: 'o', partner: remark, category: remark, level: 'provincial', tasks: background },
        ...{ starts_on: '2026-03-01', ends_on: '2028-02-29', contact_person: null, contact: name, state },
        ...{ reason: state === 'ended' ? remark : '', expiry_handled_for: null, dormant_handled_on: null },
        ...{ created_by: null, created_at: '', changed_at: '' },
      },
      needs: lines,
      experts: lines.map((line) => ({ name, unit: line, field: line, academician: 'working' as const })),
      outcomes: lines.map((text, i) => ({ id: String(i), day: '2026-03-01', text })),
      grades: Array.from({ length: 20 }, (_, i) => ({
        year: 2026 - i,
        score: 99.99,
        grade: 'excellent' as const,
      })),
    },
    organisation: `${name}/${name}/${name}`,
    today: '2026-03-02',
    standing: [...matters],
    warnings: [
      { key: 'few-needs', values: { count: 1, least: 5 } },
      { key: 'failing', values: { below: 70, years: 2 } },
      ...lines.map(() => ({ key: 'academician' as const, values: { name: title, count: 4, most: 3 } })),
    ],
  }
}

export const walkedCarriers: Walked[] = [
  {
    makers: ['carrierCard', 'carriersCard', 'gradingCard', 'reminderCard', 'textCard'].map(
      (name) => `src/features/carriers/carrier-cards.ts#${name}`,
    ),
    cards(language: Language, sizes: Sizes) {
      const all = Array.from({ length: Math.max(1, sizes.many) }, (_, at) => listed(sizes, 'active', at))
      const [first] = all
      const figures = figuresOf(all)
      const stage = (matter: (typeof matters)[number]) => ({ matter, day: '2026-03-01', since: '2028-02-29' })
      return [
        ...([true, false] as const).flatMap((edits) => [
          carrierCard(first!, { edits, tends: true }, language),
          carrierCard(listed(sizes, 'ended', 1), { edits, tends: edits }, language),
          ...matters.flatMap((matter) =>
            ['2026-03-01', '2028-03-10'].map((today) =>
              reminderCard(first!.carrier, stage(matter), { today, edits, language }),
            ),
          ),
        ]),
        gradingCard(
          all.map(({ carrier }) => carrier),
          2026,
          language,
        ),
        ...(['all', 'pressing'] as const).map((list) =>
          carriersCard({ list, carriers: all, from: 0, figures }, language),
        ),
        textCard(sizes.title, [{ label: 'x', action: 'carriers.show', value: { carrier: 'c' } }]),
      ]
    },
  },
]
