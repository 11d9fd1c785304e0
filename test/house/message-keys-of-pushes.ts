import type { PutTogether } from './put-together-keys.ts'

const folder = 'src/features/pushes/'

/** Where keys of pushes are put together. */
export const putTogetherForPushes: PutTogether[] = [
  ...['taken.', 'done.', 'failed.', 'list.', 'button.'].map((group) => ({
    prefix: `pushes:${group}`,
    within: [`${folder}push-cards.ts`],
  })),
  { prefix: 'pushes:', within: [`${folder}push-cards.ts`], by: 'say' },
  { prefix: 'pushes:list.', within: ['src/store/tables/pushes.ts'] },
  { prefix: 'pushes:page.', within: ['src/console/pushes/pushes.ts'], by: 'say' },
  { prefix: 'pushes:page.state-', within: ['src/store/tables/pushes.ts'] },
  { prefix: 'pushes:problem.', within: [`${folder}run-push.ts`, 'src/chat/online-tables.ts'] },
  {
    prefix: 'pushes:table.',
    within: ['src/features/pushes/describe-table.ts', 'src/open-tables.ts', 'src/open-duty-tables.ts'],
  },
  {
    prefix: 'collections:refused.',
    within: ['src/open-tables.ts', 'src/features/collections/tallying/read-answers.ts'],
  },
]
