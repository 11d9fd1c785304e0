import type { PutTogether } from './put-together-keys.ts'

const forms = ['src/features/liaison/forms.ts', 'src/features/liaison/visit-forms.ts']
const cards = ['src/features/liaison/cards.ts']

/** Where keys of liaison are put together. */
export const putTogetherForLiaison: PutTogether[] = [
  { prefix: 'duty-pages:liaison.', within: ['src/console/liaison/'], by: 'say' },
  { prefix: 'duty-pages:liaison.', within: ['src/console/liaison/'] },
  ...['role', 'kind'].map((group) => ({
    prefix: `liaison:${group}.`,
    within: ['src/features/liaison/', 'src/store/tables/liaison.ts'],
  })),
  { prefix: 'liaison:state.', within: ['src/features/liaison/', 'src/store/tables/liaison.ts'] },
  { prefix: 'liaison:form.', within: forms },
  { prefix: 'liaison:form.', within: forms, by: 'label' },
  { prefix: 'liaison:form.', within: forms, by: 'field' },
  { prefix: 'liaison:receipt.', within: ['src/features/liaison/'] },
  { prefix: 'liaison:offer.', within: ['src/features/liaison/commands.ts'] },
  { prefix: 'liaison:offer.', within: ['src/features/liaison/commands.ts'], by: 'offer' },
  {
    prefix: 'liaison:need.text-',
    within: ['src/features/liaison/rules.ts', 'src/features/liaison/visits.ts'],
  },
  { prefix: 'liaison:do.', within: ['src/features/liaison/'] },
  { prefix: 'liaison:mine.', within: ['src/features/liaison/mine.ts'], by: 'say' },
  { prefix: 'liaison:mine.', within: ['src/features/liaison/mine.ts'] },
  ...['own', 'point', 'visit', 'gaps'].flatMap((group) => [
    { prefix: `liaison:${group}.`, within: cards },
    { prefix: `liaison:${group}.`, within: cards, by: 'say' },
  ]),
]
