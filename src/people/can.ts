import type { Role } from './roles.ts'

/**
 * How far a role reaches: `self` the person's own records, `own` records of the very organisation, `below` those
 * of the organisation and of all below it.
 */
export type Scope = 'self' | 'own' | 'below'

/** What may be done, in the order in which the table of docs/roles.md shows it. */
export const actions = [
  'console.open',
  'organisation.view',
  'organisation.edit',
  'organisation.bind-chat',
  'people.view',
  'people.edit',
  'people.act-for',
  'people.give-role',
  'people.invite',
  'people.import',
  'knowledge.view',
  'knowledge.edit',
  'gaps.view',
  'gaps.answer',
  'hints.edit',
  'calendar.view',
  'calendar.edit',
  'help.view',
  'help.answer',
  'submission.view',
  'submission.handle',
  'submission.restricted',
  'submission.review',
  'submission.decide',
  'submission.enter',
  'submission.export',
  'submission.import',
  'submission.unseal',
  'event.view',
  'event.make',
  'event.manage',
  'event.check-in',
  'event.export',
  'resource.edit',
  'carrier.view',
  'carrier.edit',
  'reminder.view',
  'reminder.make',
  'profile.view',
  'profile.edit',
  'liaison.view',
  'liaison.edit',
  'plan.view',
  'plan.edit',
  'plan.decide',
  'circulation.send',
  'campaign.view',
  'campaign.make',
  'campaign.decide',
  'collection.view',
  'collection.make',
  'consultation.make',
  'notice.make',
  'assessment.view',
  'assessment.make',
  'assessment.fill',
  'assessment.check',
  'summary.make',
  'system.view',
  'outbox.resend',
] as const

export type Action = (typeof actions)[number]

/**
 * Who may do what, and how far. What is not here is not allowed. An invitation lets whoever opens it speak as the
 * invited, so it is for administrators, as are roles: else a cadre could make themselves an administrator.
 */
export const rules: Record<Role, Partial<Record<Action, Scope>>> = {
  staff: { 'organisation.view': 'own', 'people.view': 'self', 'people.edit': 'self' },
  cadre: {
    'console.open': 'below',
    'organisation.view': 'below',
    'organisation.bind-chat': 'below',
    'people.view': 'below',
    'people.edit': 'self',
    'people.act-for': 'below',
    'knowledge.view': 'below',
    'knowledge.edit': 'below',
    'gaps.view': 'below',
    'gaps.answer': 'below',
    'hints.edit': 'below',
    'help.view': 'below',
    'help.answer': 'below',
    'calendar.view': 'below',
    'calendar.edit': 'below',
    'submission.view': 'below',
    'submission.handle': 'below',
    'submission.review': 'below',
    'submission.decide': 'below',
    'submission.enter': 'below',
    'submission.export': 'below',
    'submission.import': 'below',
    'event.view': 'below',
    'event.make': 'below',
    'event.manage': 'below',
    'event.check-in': 'below',
    'event.export': 'below',
    'resource.edit': 'below',
    'carrier.view': 'below',
    'carrier.edit': 'below',
    'reminder.view': 'below',
    'reminder.make': 'below',
    'profile.view': 'below',
    'profile.edit': 'below',
    'liaison.view': 'below',
    'liaison.edit': 'below',
    'plan.view': 'below',
    'plan.edit': 'below',
    'plan.decide': 'below',
    'circulation.send': 'below',
    'campaign.view': 'below',
    'campaign.make': 'below',
    'campaign.decide': 'below',
    'collection.view': 'below',
    'collection.make': 'below',
    'consultation.make': 'below',
    'notice.make': 'below',
    'assessment.view': 'below',
    'assessment.make': 'below',
    'assessment.fill': 'below',
    'assessment.check': 'below',
    'summary.make': 'below',
  },
  instructor: {
    'organisation.view': 'below',
    'people.view': 'below',
    'people.edit': 'self',
    'gaps.answer': 'below',
    'help.view': 'below',
    'help.answer': 'below',
    'submission.view': 'below',
    'event.view': 'below',
    'carrier.view': 'below',
    'profile.view': 'below',
    'liaison.view': 'below',
    'plan.view': 'below',
    'campaign.view': 'below',
    'collection.view': 'below',
    'assessment.view': 'below',
  },
  liaison: {
    'console.open': 'own',
    'organisation.view': 'below',
    'people.view': 'below',
    'people.edit': 'self',
    'people.act-for': 'below',
    'gaps.view': 'own',
    'gaps.answer': 'own',
    'help.view': 'own',
    'help.answer': 'own',
    'calendar.view': 'own',
    'submission.view': 'own',
    'submission.handle': 'own',
    'submission.review': 'own',
    'submission.enter': 'own',
    'event.view': 'own',
    'event.make': 'own',
    'event.manage': 'own',
    'event.check-in': 'own',
    'event.export': 'own',
    'resource.edit': 'own',
    'carrier.view': 'own',
    'carrier.edit': 'own',
    'reminder.view': 'own',
    'reminder.make': 'own',
    'profile.view': 'own',
    'profile.edit': 'own',
    'liaison.view': 'own',
    'plan.view': 'own',
    'plan.edit': 'own',
    'circulation.send': 'own',
    'campaign.view': 'own',
    'collection.view': 'own',
    'collection.make': 'own',
    'notice.make': 'own',
    'assessment.view': 'own',
    'assessment.fill': 'own',
    'summary.make': 'own',
  },
  reviewer: {
    'console.open': 'own',
    'organisation.view': 'own',
    'people.view': 'self',
    'people.edit': 'self',
    'submission.review': 'own',
    'campaign.view': 'own',
  },
  // Named one by one: office, however high, opens no case of somebody's rights.
  rights: {
    'organisation.view': 'below',
    'people.view': 'below',
    'people.edit': 'self',
    'submission.restricted': 'below',
  },
  leader: {
    'console.open': 'below',
    'organisation.view': 'below',
    'people.view': 'below',
    'people.edit': 'self',
    'knowledge.view': 'below',
    'gaps.view': 'below',
    'calendar.view': 'below',
    'submission.view': 'below',
    'submission.review': 'below',
    'submission.decide': 'below',
    'submission.export': 'below',
    'event.view': 'below',
    'event.export': 'below',
    'carrier.view': 'below',
    'reminder.view': 'below',
    'profile.view': 'below',
    'liaison.view': 'below',
    'plan.view': 'below',
    'plan.decide': 'below',
    'campaign.view': 'below',
    'campaign.decide': 'below',
    'collection.view': 'below',
    'consultation.make': 'below',
    'assessment.view': 'below',
    'assessment.check': 'below',
    'summary.make': 'below',
  },
  admin: {
    'console.open': 'below',
    'organisation.view': 'below',
    'organisation.edit': 'below',
    'organisation.bind-chat': 'below',
    'people.view': 'below',
    'people.edit': 'below',
    'people.act-for': 'below',
    'people.give-role': 'below',
    'people.invite': 'below',
    'people.import': 'below',
    'knowledge.view': 'below',
    'knowledge.edit': 'below',
    'gaps.view': 'below',
    'gaps.answer': 'below',
    'hints.edit': 'below',
    'help.view': 'below',
    'help.answer': 'below',
    'system.view': 'below',
    'outbox.resend': 'below',
    'calendar.view': 'below',
    'calendar.edit': 'below',
    'submission.view': 'below',
    'submission.handle': 'below',
    'submission.review': 'below',
    'submission.decide': 'below',
    'submission.enter': 'below',
    'submission.export': 'below',
    'submission.import': 'below',
    'submission.unseal': 'below',
    'event.view': 'below',
    'event.make': 'below',
    'event.manage': 'below',
    'event.check-in': 'below',
    'event.export': 'below',
    'resource.edit': 'below',
    'carrier.view': 'below',
    'carrier.edit': 'below',
    'reminder.view': 'below',
    'reminder.make': 'below',
    'profile.view': 'below',
    'profile.edit': 'below',
    'liaison.view': 'below',
    'liaison.edit': 'below',
    'plan.view': 'below',
    'plan.edit': 'below',
    'plan.decide': 'below',
    'circulation.send': 'below',
    'campaign.view': 'below',
    'campaign.make': 'below',
    'campaign.decide': 'below',
    'collection.view': 'below',
    'collection.make': 'below',
    'consultation.make': 'below',
    'notice.make': 'below',
    'assessment.view': 'below',
    'assessment.make': 'below',
    'assessment.fill': 'below',
    'assessment.check': 'below',
    'summary.make': 'below',
  },
}

/** A role that somebody holds today. */
export interface Grant {
  role: Role
  organisation: string
  /** Whether the organisation is a root. */
  root: boolean
}

/** Who acts. A guest has neither person nor grants. */
export interface Actor {
  person: string | null
  grants: readonly Grant[]
}

/** What it is done to. */
export interface RecordPlace {
  /**
   * The organisation of the record, then all above it. Empty for what is the whole house's (its health, its
   * documents, people of no organisation): that is for those who hold their role in a root.
   */
  path: readonly string[]
  /** Whose record it is, where it is a person's. */
  person?: string | null
}

/**
 * Whether somebody may do something to a record. A person belongs to several organisations: given as a list, the
 * actor must be allowed in every one of them, so that nobody reaches a person through the least of their roles.
 */
export function can(actor: Actor, action: Action, record: RecordPlace | readonly RecordPlace[]): boolean {
  const places = isList(record) ? record : [record]
  return (
    places.length > 0 &&
    places.every((place) =>
      actor.grants.some((grant) => reaches(rules[grant.role][action], grant, actor, place)),
    )
  )
}

function isList(record: RecordPlace | readonly RecordPlace[]): record is readonly RecordPlace[] {
  return Array.isArray(record)
}

function reaches(scope: Scope | undefined, grant: Grant, actor: Actor, place: RecordPlace): boolean {
  if (scope === undefined) return false
  // Whoever may do it to others may do it to themselves; within their own organisation, or not at all.
  if (scope === 'self') return actor.person !== null && place.person === actor.person
  if (place.path.length === 0) return grant.root
  return scope === 'own' ? place.path[0] === grant.organisation : place.path.includes(grant.organisation)
}
