import type { PutTogether } from './put-together-keys.ts'

const folder = 'src/features/collections/'
const pages = 'src/console/campaigns/collections'

/** Where keys of collections are put together. */
export const putTogetherForCollections: PutTogether[] = [
  ...['card', 'preview', 'standing', 'close'].map((part) => ({
    ...{ prefix: `collections:${part}.`, within: [`${folder}cards/collection-cards.ts`], by: 'say' },
  })),
  { prefix: 'collections:card.', within: [`${folder}definition/words.ts`] },
  { prefix: 'collections:preview.', within: [`${folder}definition/words.ts`, `${folder}cards/`] },
  { prefix: 'collections:preview.', within: ['src/store/tables/collections.ts'] },
  { prefix: 'collections:standing.', within: [`${folder}cards/collection-cards.ts`] },
  ...['list', 'offer', 'missing'].map((part) => ({
    ...{ prefix: `collections:${part}.`, within: [`${folder}cards/list-cards.ts`], by: 'say' },
  })),
  { prefix: 'collections:tally.', within: [`${folder}cards/tally-card.ts`], by: 'say' },
  { prefix: 'collections:form.', within: [`${folder}making/`], by: 'label' },
  { prefix: 'collections:form.', within: [`${folder}making/`] },
  { prefix: 'collections:anonymity.', within: [`${folder}making/make-form.ts`] },
  { prefix: 'collections:per.', within: [`${folder}making/make-form.ts`] },
  { prefix: 'collections:remind.', within: [`${folder}making/make-form.ts`] },
  { prefix: 'collections:type.', within: [`${folder}definition/definition.ts`, folder] },
  { prefix: 'collections:notice.', within: [`${folder}answering/`, `${folder}definition/words.ts`] },
  { prefix: 'collections:receipt.', within: [`${folder}answering/`] },
  { prefix: 'collections:state.', within: ['src/store/tables/collections.ts'] },
  { prefix: 'collections:state.', within: [`${folder}cards/`] },
  { prefix: 'collections:refused.', within: [`${folder}tallying/`, `${folder}cards/`] },
  { prefix: 'collections:wrong.', within: [`${folder}definition/`, `${folder}making/`], by: 'refuse' },
  { prefix: 'collections:wrong.', within: [`${folder}definition/`, `${folder}making/`] },
  { prefix: 'collections:wrong.', within: [`${folder}making/question-pages.ts`], by: 'problem' },
  { prefix: 'collections:wrong.type-', within: [`${folder}definition/explain-issue.ts`] },
  { prefix: 'console:role.', within: [`${folder}making/`] },
  { prefix: 'collections:', within: [`${folder}making/make-form.ts`] },
  { prefix: 'collections:page.', within: [pages, `${folder}tallying/`], by: 'say' },
  { prefix: 'collections:page.', within: [pages, `${folder}tallying/`, 'src/command-line/collections.ts'] },
  { prefix: 'collections:refused.', within: [pages, 'src/command-line/collections.ts'] },
  { prefix: 'collections:command.help.', within: ['src/command-line/collections.ts'], by: 'help' },
]
