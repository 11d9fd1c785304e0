import type { PutTogether } from './put-together-keys.ts'

const folder = 'src/features/consultations/'

/** Where keys of consultations are put together. */
export const putTogetherForConsultations: PutTogether[] = [
  // By which the circulation knows them: no message.
  { prefix: 'consultations:', within: [`${folder}records.ts`] },
  ...['card', 'preview', 'standing', 'list', 'missing'].map((group) => ({
    ...{ prefix: `consultations:${group}.`, within: [`${folder}consultation-cards.ts`], by: 'say' },
  })),
  ...['standing.results-', 'kind.', 'state.'].map((group) => ({
    ...{ prefix: `consultations:${group}`, within: [`${folder}`, 'src/store/tables/consultations.ts'] },
  })),
  // Names of actions, which are the keys of their labels.
  { prefix: 'consultations:standing.', within: [`${folder}consultation-cards.ts`] },
  ...['results', 'remarks', 'feedback'].map((group) => ({
    ...{ prefix: `consultations:${group}.`, within: [`${folder}result-cards.ts`], by: 'say' },
  })),
  { prefix: 'consultations:end.', within: [`${folder}end-card.ts`], by: 'say' },
  { prefix: 'consultations:mine.', within: [`${folder}list-mine.ts`], by: 'say' },
  { prefix: 'consultations:form.', within: [`${folder}consultation-forms.ts`], by: 'label' },
  { prefix: 'consultations:answer.', within: [`${folder}answer-forms.ts`], by: 'label' },
  ...['naming.', 'remind.'].map((group) => ({
    ...{ prefix: `consultations:${group}`, within: [`${folder}consultation-forms.ts`] },
  })),
  {
    prefix: 'consultations:page.',
    within: ['src/console/campaigns/consultations.ts', `${folder}export-results.ts`],
    by: 'say',
  },
  // What was done, as rows name it.
  { prefix: 'consultations:page.what.', within: ['src/store/tables/consultations.ts'] },
  { prefix: 'consultations:receipt.answered-', within: [`${folder}answer-forms.ts`] },
  { prefix: 'consultations:receipt.', within: [`${folder}consultation-forms.ts`] },
  { prefix: 'consultations:receipt.', within: [`${folder}consultation-actions.ts`] },
]
