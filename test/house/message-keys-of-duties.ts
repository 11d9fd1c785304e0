import type { PutTogether } from './put-together-keys.ts'

const folder = 'src/features/planning/duties/'
const rulesReview = 'src/features/planning/duties/rules-review.ts'
const states = 'src/store/tables/duties.ts'

/** Where keys of duties are put together. */
export const putTogetherForDuties: PutTogether[] = [
  { prefix: 'planning:duty.form.', within: [folder], by: 'label' },
  { prefix: 'planning:duty.form.state-', within: [folder, states] },
  ...['briefing', 'card', 'export', 'learning', 'receipt', 'remind'].map((group) => ({
    prefix: `planning:duty.${group}.`,
    within: [folder],
  })),
  { prefix: 'planning:duty.decision-state.', within: [folder, states] },
  { prefix: 'planning:duty.meeting-state.', within: [folder, states] },
  { prefix: 'planning:duty.finding.', within: [folder] },
  ...['duty-list', 'duty-states', 'report-meetings', 'learning', 'rules-reviews'].map((page) => ({
    ...{ prefix: 'duty-pages:yearly.', within: [`src/console/planning/${page}.ts`], by: 'say' },
  })),
  {
    prefix: 'duty-pages:yearly.',
    within: [
      'src/console/planning/duty-say.ts',
      'src/console/planning/report-meetings.ts',
      'src/console/planning/duty-list.ts',
      'src/console/planning/learning.ts',
      'src/console/planning/rules-reviews.ts',
      'src/console/planning/duty-states.ts',
    ],
  },
  { prefix: 'duty-pages:rules.', within: ['src/console/planning/rules-reviews.ts', rulesReview], by: 'say' },
  { prefix: 'duty-pages:rules.', within: ['src/console/planning/rules-reviews.ts', rulesReview] },
  { prefix: 'duty-pages:yearly.meeting.', within: ['src/console/planning/report-meetings.ts', states] },
  {
    prefix: 'planning:duty.institution.',
    within: [folder, 'src/features/organisations/profile.ts', 'src/console/planning/rules-reviews.ts'],
  },
]
