import type { Language } from '../../src/chat/language.ts'
import type { PlansContext } from '../../src/features/planning/plans/context.ts'
import { itemForms } from '../../src/features/planning/plans/item-forms.ts'
import { lateCard } from '../../src/features/planning/plans/late-card.ts'
import { planStates } from '../../src/features/planning/plans/life.ts'
import { papersCard, paperType } from '../../src/features/planning/plans/papers.ts'
import {
  itemsCard,
  planCard,
  plansCard,
  type ShownPlan,
  textCard,
} from '../../src/features/planning/plans/plan-cards.ts'
import { planForms } from '../../src/features/planning/plans/plan-forms.ts'
import type { PlanItem, PlanRow } from '../../src/features/planning/plans/records.ts'
import {
  decidedCard,
  editedCard,
  settledCard,
  submittedCard,
  weakCard,
} from '../../src/features/planning/plans/told-cards.ts'
import type { Values } from '../forms/form-house.ts'
import type { Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const context = {} as unknown as PlansContext
const today = '2026-07-01'

export const plansForms = [...planForms(context), ...itemForms(context)]

/** What is taken in fields that are read further than their type says. */
export const planAnswers: Values = {
  ...{ starts: '2026-03-01', ends: '2026-12-31', percent: '100', quarter: '1', source: 'empty' },
}

function shownOf(sizes: Sizes, state: PlanRow['state']): ShownPlan {
  const { title, remark, name, many, background } = sizes
  const at = '2026-03-02T01:00:00.000Z'
  const items = Array.from(
    { length: Math.max(1, many) },
    (_, i): PlanItem => ({
      ...{ id: `${i}`.padStart(36, 'i'), plan: 'p', position: i + 1, section: `${name}${i}`, goal: title },
      ...{ clause: 5, measure: background, target: remark, owner: i % 2 === 0 ? 'o' : null, budget: 1e9 },
      ...{ starts_on: '2026-01-01', ends_on: i % 3 === 0 ? '2026-06-30' : '2026-12-31', percent: 40 },
      ...{ state: (['open', 'done', 'dropped'] as const)[i % 3]!, reason: remark, done_before: 1 },
      ...{ created_at: at, changed_at: at },
    }),
  )
  return {
    plan: {
      row: {
        ...{ id: 'p'.repeat(36), number: 'JH-2026-0001', organisation: 'o', year: 2026, title, state },
        ...{ version: 123, created_by: null, submitted_by: null, submitted_at: at, decided_by: null },
        ...{ decided_at: at, reason: remark, summary: background, running_on: '2026-01-01' },
        ...{ created_at: at, changed_at: at },
      },
      items,
    },
    ...{ organisation: name, today },
  }
}

/** Annual plans. */
export const walkedPlans: Walked[] = [
  {
    makers: [
      ...['itemsCard', 'planCard', 'plansCard', 'textCard'].map((name) => `plan-cards.ts#${name}`),
      'late-card.ts#lateCard',
      'papers.ts#papersCard',
      ...['decidedCard', 'editedCard', 'settledCard', 'submittedCard', 'weakCard'].map(
        (name) => `told-cards.ts#${name}`,
      ),
    ].map((maker) => `src/features/planning/plans/${maker}`),
    cards(language: Language, sizes: Sizes) {
      const all = planStates.map((state) => shownOf(sizes, state))
      const many = Array.from({ length: Math.max(1, sizes.many) }, () => shownOf(sizes, 'running'))
      const names = new Map([['o', sizes.name]])
      const changes = { goal: [sizes.title, sizes.remark], owner: [null, 'o'], budget: [null, 5] }
      const history = Array.from({ length: Math.max(1, sizes.many) }, () => ({
        ...{ what: 'item-changed', data: JSON.stringify({ goal: sizes.title, changes }) },
      }))
      return [
        ...all.flatMap((shown) => [
          planCard(shown, { edits: true, decides: true }, language),
          planCard(shown, { edits: false, decides: false }, language),
          itemsCard(shown, { from: 0, edits: true, person: 'o' }, names, language),
          decidedCard(shown, language),
        ]),
        submittedCard(all[1]!, sizes.name, language),
        weakCard(all[0]!.plan, today, language),
        ...(['approved', 'returned', 'withdrawn'] as const).map((outcome) =>
          settledCard(
            all[1]!,
            { outcome, name: sizes.name, now: new Date('2026-03-02T01:00:00Z') },
            language,
          ),
        ),
        editedCard(all[4]!, history, language, names),
        ...[true, false].map((late) => plansCard({ plans: many, from: 0, late }, language)),
        lateCard(
          {
            items: all[4]!.plan.items.map((item) => ({
              ...{ item, plan: all[4]!.plan.row, organisation: sizes.name, owner: sizes.name },
            })),
            ...{ from: 0, today },
          },
          language,
        ),
        lateCard({ items: [], from: 0, today }, language),
        planCard({ ...all[4]!, papers: true }, { edits: true, decides: true }, language),
        papersCard(
          'JH-2026-0001',
          Array.from({ length: 5 }, () => ({
            ...{ name: `${sizes.name}.docx`, mediaType: paperType, blob: 'b' },
            url: 'https://kexie.example/handed/x/y',
          })),
          language,
        ),
        textCard(sizes.title, [{ label: 'x', action: 'planning.show', value: { plan: 'p' } }]),
      ]
    },
  },
]
