import type { PutTogether } from './put-together-keys.ts'

const folder = 'src/features/notices/'
const circulation = 'src/features/circulation/'
const states = 'src/store/tables/notices.ts'

/** Where keys of notices and of what is sent to many are put together. */
export const putTogetherForNotices: PutTogether[] = [
  { prefix: 'circulation:audience.', within: [circulation], by: 'label' },
  { prefix: 'circulation:kinds.', within: [circulation] },
  { prefix: 'console:role.', within: [circulation, 'src/people/roles.ts'] },
  ...['words', 'gone'].map((group) => ({
    prefix: `circulation:${group}.`,
    within: [circulation],
    by: 'say',
  })),
  { prefix: 'circulation:words.', within: [`${circulation}audience-words.ts`] },
  ...['card', 'preview', 'standing', 'list', 'missing', 'link', 'digest'].map((group) => ({
    prefix: `notices:${group}.`,
    within: [folder],
    by: 'say',
  })),
  { prefix: 'notices:standing.', within: [`${folder}notice-cards.ts`] },
  { prefix: 'notices:digest.', within: [`${folder}groups/groups-part.ts`] },
  { prefix: 'notices:digest.chart.', within: [`${folder}groups/digest-chart.ts`] },
  { prefix: 'notices:form.', within: [folder], by: 'label' },
  { prefix: 'notices:link.', within: [folder], by: 'label' },
  ...['kind', 'topic', 'state'].map((group) => ({ prefix: `notices:${group}.`, within: [folder, states] })),
  { prefix: 'notices:remind.', within: [`${folder}notice-forms.ts`] },
  ...['card.title-', 'page.what.'].map((group) => ({
    prefix: `notices:${group}`,
    within: [folder, 'src/console/campaigns/notices.ts', states],
  })),
  ...[
    'link.each-',
    'digest.title-',
    'digest.due-',
    'digest.off-',
    'digest.chart.this-',
    'digest.chart.before-',
  ].map((group) => ({
    prefix: `notices:${group}`,
    within: [`${folder}news/news-timer.ts`],
  })),
  { prefix: 'notices:page.', within: ['src/console/campaigns/notices.ts'], by: 'say' },
  { prefix: 'notices:page.', within: ['src/console/campaigns/notices.ts'] },
  { prefix: 'notices:topic.', within: ['src/console/campaigns/notices.ts'] },
]
