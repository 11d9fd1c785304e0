import type { PutTogether } from './put-together-keys.ts'

const folder = 'src/features/planning/plans/'
const table = 'src/store/tables/planning.ts'

/** Where keys of annual plans are put together. */
export const putTogetherForPlans: PutTogether[] = [
  { prefix: 'duty-pages:plans.', within: ['src/console/planning/plan'], by: 'say' },
  { prefix: 'duty-pages:plans.', within: ['src/console/planning/plan'] },
  {
    ...{ prefix: 'planning:late.', within: [`${folder}late-card.ts`], by: 'say' },
  },
  ...['card', 'list', 'told'].map((group) => ({
    ...{
      prefix: `planning:${group}.`,
      by: 'say',
      within: [`${folder}plan-cards.ts`, `${folder}told-cards.ts`],
    },
  })),
  ...['card', 'list', 'told'].map((group) => ({ prefix: `planning:${group}.`, within: [folder] })),
  { prefix: 'planning:told.settled-', within: [`${folder}told-cards.ts`] },
  { prefix: 'planning:', within: [`${folder}plan-cards.ts`] },
  { prefix: 'planning:mine.', within: [`${folder}list-mine.ts`], by: 'say' },
  { prefix: 'planning:mine.', within: [`${folder}list-mine.ts`] },
  { prefix: 'planning:remind.', within: [folder], by: 'say' },
  { prefix: 'planning:remind.', within: [folder] },
  { prefix: 'planning:receipt.', within: [folder] },
  { prefix: 'planning:form.', within: [folder], by: 'label' },
  ...['year', 'source', 'quarter', 'closes'].map((name) => ({
    ...{ prefix: `planning:form.${name}-`, within: [folder] },
  })),
  { prefix: 'planning:form.', within: [folder] },
  { prefix: 'planning:state.', within: [table, folder] },
  { prefix: 'planning:item-state.', within: [table, folder] },
  { prefix: 'planning:did.', within: [table, folder] },
  { prefix: 'planning:column.', within: [folder] },
]
