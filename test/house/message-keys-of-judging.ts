import type { PutTogether } from './put-together-keys.ts'

const folder = 'src/features/campaigns/judging/'

/** Where keys of the judging of campaigns are put together. */
export const putTogetherForJudging: PutTogether[] = [
  { prefix: 'campaign-pages:judging.', within: ['src/console/campaigns/judging.ts'], by: 'say' },
  { prefix: 'campaign-pages:judging.', within: ['src/console/campaigns/judging.ts'] },
  { prefix: 'judging:asked.', within: [`${folder}review-cards.ts`], by: 'say' },
  { prefix: 'judging:review.', within: [`${folder}review-cards.ts`], by: 'say' },
  ...['reviewing', 'deal', 'ranking', 'blind'].map((group) => ({
    ...{ prefix: `judging:${group}.`, within: [`${folder}judging-cards.ts`], by: 'say' },
  })),
  { prefix: 'judging:awards.', within: [`${folder}award-cards.ts`], by: 'say' },
  { prefix: 'judging:explain.', within: [`${folder}explain-place.ts`], by: 'say' },
  { prefix: 'judging:after.', within: [`${folder}explain-place.ts`, `${folder}ranking.ts`] },
  { prefix: 'judging:receipt.notice-', within: [`${folder}award-forms.ts`] },
  { prefix: 'judging:next.', within: [`${folder}next-steps.ts`] },
  { prefix: 'judging:next.do-', within: [`${folder}next-steps.ts`] },
  { prefix: 'judging:awards.', within: [`${folder}award-cards.ts`] },
  { prefix: 'judging:explain.', within: [`${folder}explain-place.ts`] },
  { prefix: 'judging:form.opinion-intro-', within: [`${folder}review-forms.ts`] },
  { prefix: 'judging:form.award-', within: [`${folder}award-forms.ts`] },
  ...['review-forms.ts', 'judging-forms.ts', 'award-forms.ts'].map((file) => ({
    ...{ prefix: 'judging:receipt.', within: [`${folder}${file}`] },
  })),
]
