import type { PutTogether } from './message-keys.ts'

const folder = 'src/features/planning/duties/'
const states = 'src/store/tables/duties.ts'

/** Where keys of duties are put together. */
export const putTogetherForDuties: PutTogether[] = [
  { prefix: 'planning:duty.form.', within: [folder], by: 'label' },
  { prefix: 'planning:duty.form.state-', within: [folder, states] },
  ...['briefing', 'card', 'learning', 'receipt', 'remind'].map((group) => ({
    prefix: `planning:duty.${group}.`,
    within: [folder],
  })),
  { prefix: 'planning:duty.decision-state.', within: [folder, states] },
  { prefix: 'planning:duty.meeting-state.', within: [folder, states] },
  { prefix: 'planning:duty.finding.', within: [folder, 'src/console/duty-list.ts'] },
  { prefix: 'planning:duty.institution.', within: [folder, 'src/features/organisations/profile.ts'] },
]
