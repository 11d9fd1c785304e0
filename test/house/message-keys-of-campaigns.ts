import type { PutTogether } from './put-together-keys.ts'

const folder = 'src/features/campaigns/making/'
const pages = 'src/console/campaigns/campaigns.ts'

/** Where keys of campaigns are put together. */
export const putTogetherForCampaigns: PutTogether[] = [
  { prefix: 'campaign-pages:making.', within: [pages], by: 'say' },
  { prefix: 'campaign-pages:making.', within: [pages] },
  { prefix: 'campaign-pages:making.post-', within: [pages] },
  { prefix: 'campaign-pages:making.what-', within: [pages] },
  { prefix: 'campaigns:card.', within: [`${folder}campaign-cards.ts`], by: 'say' },
  { prefix: 'campaigns:card.', within: [`${folder}campaign-cards.ts`, 'src/store/tables/campaigns.ts'] },
  { prefix: 'campaigns:card.reach-', within: [`${folder}campaign-cards.ts`] },
  { prefix: 'campaigns:do.', within: [`${folder}campaign-cards.ts`] },
  { prefix: 'campaigns:do.sure-', within: [`${folder}campaign-cards.ts`] },
  { prefix: 'campaigns:sure-', within: [`${folder}campaign-cards.ts`] },
  { prefix: 'campaigns:', within: [`${folder}campaign-cards.ts`] },
  { prefix: 'campaigns:standing.', within: [`${folder}standing-card.ts`], by: 'say' },
  { prefix: 'campaigns:standing.', within: [folder] },
  { prefix: 'campaigns:standing.by-', within: [folder] },
  { prefix: 'campaigns:standing.of-', within: [folder] },
  { prefix: 'campaigns:post.', within: [`${folder}posts.ts`], by: 'say' },
  { prefix: 'campaigns:post.', within: [folder] },
  { prefix: 'campaigns:post.title-', within: [folder] },
  { prefix: 'campaigns:form.', within: [folder], by: 'label' },
  { prefix: 'campaigns:receipt.', within: [folder] },
  { prefix: 'campaigns:problem.', within: [folder], by: 'problem' },
  { prefix: 'campaigns:problem.', within: [folder] },
  { prefix: 'campaigns:state.', within: ['src/store/tables/campaigns.ts', folder] },
]
