/** What a person can be in an organisation, in the order in which tables show it. */
export const roles = [
  ...(['staff', 'cadre', 'instructor', 'liaison', 'reviewer'] as const),
  /** Handles cases of somebody's rights, and nobody else does. */
  'rights',
  ...(['leader', 'admin'] as const),
] as const

export type Role = (typeof roles)[number]

/** What an organisation can be. */
export const organisationKinds = ['group', 'enterprise', 'park', 'association', 'branch', 'team'] as const

export type OrganisationKind = (typeof organisationKinds)[number]
