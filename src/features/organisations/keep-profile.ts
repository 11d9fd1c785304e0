import { randomUUID } from 'node:crypto'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { colleaguesNamed } from '../../people/colleagues.ts'
import type { Reads } from '../../people/people.ts'
import { cleanText } from '../../spreadsheets/cell.ts'
import type { Trx } from '../../store/store.ts'
import type { RemindersPort } from '../reminders/port.ts'
import { columnsOf, emptyProfile, type Profile, possessions, readProfile } from './profile.ts'
import { type ProfileField, problemsOf, profileFields } from './profile-rules.ts'
import { keepTermReminder } from './term-reminder.ts'

/** What changed of a profile: field → what was there, what is there now, as kept. */
export type ProfileChanges = Partial<Record<ProfileField, [old: string, now: string]>>

/** Who keeps it, and by which way. */
export interface Keeping {
  /** Null: the command line or the house. */
  by: string | null
  how: 'form' | 'import' | 'founding'
  /** Of `store.now(trx)`. */
  now: Date
  reminders: RemindersPort
}

/**
 * Keeps what is known of an organisation, with its history, and reminds of the end of the term. Gives what changed; where
 * nothing did, nothing is kept. Throws PlainError for the first thing that is wrong.
 */
export async function keepProfile(trx: Trx, given: Profile, keeping: Keeping): Promise<ProfileChanges> {
  const { by, how, now, reminders } = keeping
  const profile = tidied(given)
  const [problem] = Object.values(problemsOf(profile, dayInChina(now)))
  if (problem) throw new PlainError(problem.key, problem.values)
  const at = now.toISOString()
  const unlocked = await readProfile(trx, profile.organisation)
  if (Object.keys(changesBetween(unlocked, profile)).length === 0) return {}
  // Whoever changes a profile does so one after another; there is always a row to wait for.
  await trx
    .insertInto('organisation_profile')
    .values({ ...columnsOf(emptyProfile(profile.organisation)), changed_by: by, changed_at: at })
    .onConflict((conflict) =>
      conflict.column('organisation').doUpdateSet({ organisation: profile.organisation }),
    )
    .execute()
  const changes = changesBetween(await readProfile(trx, profile.organisation), profile)
  const columns = {
    ...columnsOf({
      ...profile,
      chairPerson: await personOf(trx, profile.chair, dayInChina(now)),
      secretaryPerson: await personOf(trx, profile.secretary, dayInChina(now)),
    }),
    ...{ changed_by: by, changed_at: at },
  }
  await trx
    .updateTable('organisation_profile')
    .set(columns)
    .where('organisation', '=', profile.organisation)
    .execute()
  await trx
    .insertInto('organisation_profile_history')
    .values({
      ...{ id: randomUUID(), organisation: profile.organisation, how, changes: JSON.stringify(changes) },
      ...{ by, at },
    })
    .execute()
  if (changes.termEndsOn) await keepTermReminder(trx, profile, { by, now, reminders })
  return changes
}

/** What is another way in the second profile. */
export function changesBetween(before: Profile, after: Profile): ProfileChanges {
  const changes: ProfileChanges = {}
  for (const field of profileFields) {
    const [old, now] = [keptAs(before, field), keptAs(after, field)]
    if (old !== now) changes[field] = [old, now]
  }
  return changes
}

/** As tables hold it: no white space at the ends, and a dash is nothing. */
export function tidied(profile: Profile): Profile {
  const text = (typed: string) => {
    const clean = cleanText(typed).trim()
    return isDash(clean) ? '' : clean
  }
  return {
    ...profile,
    ...{ region: text(profile.region), industry: text(profile.industry), note: text(profile.note) },
    ...{ chair: text(profile.chair), secretary: text(profile.secretary) },
  }
}

/** What in a table empties a cell. */
export function isDash(text: string): boolean {
  return /^[-－—–]+$/u.test(text)
}

function keptAs(profile: Profile, field: ProfileField): string {
  if (field === 'has') return possessions.filter((one) => profile.has[one]).join(',')
  return String(profile[field] ?? '')
}

/** The one person of a name who holds a role; null: nobody or several, so that nobody is taken for another. */
async function personOf(db: Reads, name: string, today: string): Promise<string | null> {
  if (name === '') return null
  const found = (await colleaguesNamed(db, { names: [name], organisations: null, today })).get(name) ?? []
  return found.length === 1 ? found[0]! : null
}
