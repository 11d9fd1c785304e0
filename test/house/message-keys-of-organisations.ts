import type { PutTogether } from './put-together-keys.ts'

const profiles = 'src/features/organisations/'
const founding = 'src/features/founding/'
const pages = 'src/console/organisations/'

/** Where keys of organisations and of their founding are put together. */
export const putTogetherForOrganisations: PutTogether[] = [
  { prefix: 'organisations:card.', within: [`${profiles}profile-cards.ts`], by: 'say' },
  { prefix: 'organisations:card.', within: [`${profiles}profile-cards.ts`] },
  ...['association.', 'mode.', 'has.', 'field.', 'import.', 'problem.'].map((group) => ({
    prefix: `organisations:${group}`,
    within: [profiles, founding],
  })),
  { prefix: 'organisations:export.', within: [`${profiles}export-profiles.ts`] },
  { prefix: 'founding:card.', within: [`${founding}founding-cards.ts`], by: 'say' },
  { prefix: 'founding:card.', within: [`${founding}founding-cards.ts`], by: 'heading' },
  { prefix: 'founding:card.', within: [`${founding}founding-cards.ts`] },
  ...['reason.', 'open.', 'state.'].map((group) => ({
    prefix: `founding:${group}`,
    within: [founding, 'src/guideline/founding-rule.ts', 'src/store/tables/organisations.ts'],
  })),
  ...['answer.', 'zone.', 'form.'].map((group) => ({
    prefix: `founding:${group}`,
    within: [`${founding}advise-form.ts`],
  })),
  { prefix: 'founding:receipt.', within: [`${founding}case-forms.ts`] },
  { prefix: 'duty-pages:organisations.', within: [pages], by: 'say' },
  { prefix: 'duty-pages:organisations.', within: [pages] },
  {
    prefix: 'duty-pages:organisations.how.',
    within: [`${profiles}keep-profile.ts`, 'src/store/tables/organisations.ts'],
  },
]
