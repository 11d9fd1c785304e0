import type { Problem } from '../../forms/fields/refuse.ts'
import type { Day } from '../../timers/calendar/day.ts'
import type { Profile } from './profile.ts'

/** What of a profile is filled in, in the order of the form. */
export const profileFields = [
  ...['region', 'industry', 'employees', 'stWorkers', 'stCountedOn', 'association', 'mode'],
  ...['foundedOn', 'termEndsOn', 'chair', 'secretary', 'members', 'has', 'note'],
] as const satisfies readonly (keyof Profile)[]

export type ProfileField = (typeof profileFields)[number]

/** In characters. */
export const longest = { region: 60, industry: 60, chair: 60, secretary: 60, note: 1000 } as const

/** More people work nowhere. */
const mostPeople = 5_000_000

/** What is wrong with a profile though each value is of its kind, by field. @param today of China. */
export function problemsOf(profile: Profile, today: Day): Partial<Record<ProfileField, Problem>> {
  const problems: Partial<Record<ProfileField, Problem>> = {}
  const refuse = (field: ProfileField, key: string, values: Problem['values'] = {}) => {
    problems[field] ??= { key: `organisations:problem.${key}`, values }
  }
  for (const field of ['employees', 'stWorkers', 'members'] as const) {
    const count = profile[field]
    if (count !== null && !(Number.isInteger(count) && count >= 0 && count <= mostPeople)) {
      refuse(field, 'no-count')
    }
  }
  for (const field of Object.keys(longest) as (keyof typeof longest)[]) {
    if (Array.from(profile[field]).length > longest[field]) {
      refuse(field, 'too-long', { most: longest[field] })
    }
  }
  const { employees, stWorkers, stCountedOn, foundedOn, termEndsOn, association } = profile
  if (employees !== null && stWorkers !== null && stWorkers > employees) {
    refuse('stWorkers', 'more-than-all', { employees })
  }
  if (stCountedOn !== null && stCountedOn > today) refuse('stCountedOn', 'to-come')
  if (foundedOn !== null && foundedOn > today) refuse('foundedOn', 'to-come')
  if (association !== 'founded') {
    if (foundedOn !== null) refuse('foundedOn', 'not-founded')
    if (termEndsOn !== null) refuse('termEndsOn', 'not-founded')
  }
  if (foundedOn !== null && termEndsOn !== null && termEndsOn <= foundedOn) {
    refuse('termEndsOn', 'before-founding', { day: foundedOn })
  }
  return problems
}
