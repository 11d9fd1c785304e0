import type { PutTogether } from './put-together-keys.ts'

const folder = 'src/features/summaries/'

/** Where keys of work summaries are put together. */
export const putTogetherForSummaries: PutTogether[] = [
  { prefix: 'summaries:card.', within: [folder], by: 'say' },
  { prefix: 'summaries:card.', within: [`${folder}summary-cards.ts`] },
  { prefix: 'summaries:page.', within: ['src/console/campaigns/summaries.ts'], by: 'say' },
  { prefix: 'summaries:document.', within: [folder], by: 'say' },
]
