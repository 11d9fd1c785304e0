import type { PutTogether } from './put-together-keys.ts'

const folder = 'src/features/assessment/'

/** Where keys of assessments are put together. */
export const putTogetherForAssessment: PutTogether[] = [
  ...['card', 'list', 'own', 'form'].map((group) => ({
    prefix: `assessment:${group}.`,
    within: [folder],
    by: 'say',
  })),
  {
    prefix: 'assessment:page.',
    within: [`${folder}export-result.ts`, 'src/console/campaigns/assessment.ts'],
    by: 'say',
  },
  { prefix: 'assessment:page.what.', within: ['src/store/tables/assessment.ts'] },
  {
    prefix: 'assessment:page.objection-',
    within: ['src/console/campaigns/assessment.ts', 'src/store/tables/assessment.ts'],
  },
  {
    prefix: 'assessment:honours.',
    within: [`${folder}honours-card.ts`, 'src/console/campaigns/honours.ts'],
    by: 'say',
  },
  ...['column.', 'is.'].map((group) => ({
    prefix: `assessment:honours.${group}`,
    within: [`${folder}honours.ts`],
  })),
  { prefix: 'assessment:form.', within: [folder], by: 'label' },
  { prefix: 'assessment:form.', within: [`${folder}score-forms.ts`, `${folder}objection-forms.ts`] },
  { prefix: 'assessment:card.', within: [`${folder}cards.ts`] },
  { prefix: 'assessment:amount.', within: [`${folder}cards.ts`, `${folder}sheet-schema.ts`] },
  { prefix: 'assessment:own.', within: [`${folder}list-cards.ts`] },
  ...['do-', 'mine-'].map((start) => ({
    prefix: `assessment:own.${start}`,
    within: [`${folder}list-cards.ts`, `${folder}list-mine.ts`],
  })),
  { prefix: 'assessment:sheet.', within: [`${folder}read-sheet.ts`], by: 'say' },
  { prefix: 'assessment:state.', within: [`${folder}cards.ts`, 'src/store/tables/assessment.ts'] },
  { prefix: 'assessment:refused.', within: [`${folder}access.ts`, `${folder}keep-scores.ts`] },
  { prefix: 'assessment:problem.no-', within: [`${folder}make-form.ts`, `${folder}sheet-schema.ts`] },
]
