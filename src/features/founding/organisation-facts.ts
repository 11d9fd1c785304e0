import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { modeTitle, readProfile } from '../organisations/port.ts'
import { caseOf } from './read-case.ts'

/** What is left to be filled in by hand. */
export const blank = '＿＿＿＿＿＿'

/**
 * What documents say of an organisation, in Chinese, by the name under which templates ask for it; what is not known is
 * left blank.
 */
export async function factsOf(db: Reads, organisation: string, today: Day): Promise<Record<string, string>> {
  const row = await db
    .selectFrom('organisation')
    .leftJoin('organisation as above', 'above.id', 'organisation.parent')
    .select(['organisation.name', 'above.name as above'])
    .where('organisation.id', '=', organisation)
    .executeTakeFirstOrThrow()
  const profile = await readProfile(db, organisation)
  const founding = await caseOf(db, organisation)
  const associationOf = (name: string) => translate('zh-CN', 'founding:association-of', { name })
  const day = (one: string | null | undefined) => (one ? chineseDay(one) : '')
  const facts: Record<string, string | number | null> = {
    ...{ organisation: row.name, association: associationOf(row.name) },
    superior: row.above === null ? '' : associationOf(row.above),
    ...{ region: profile.region, industry: profile.industry, employees: profile.employees },
    ...{ workers: profile.stWorkers, counted: day(profile.stCountedOn), members: profile.members },
    mode: modeTitle(profile.mode ?? founding?.row.mode ?? null, 'zh-CN'),
    ...{ founded: day(profile.foundedOn), term: day(profile.termEndsOn), begun: day(founding?.row.begun_on) },
    ...{ chair: profile.chair, secretary: profile.secretary, today: chineseDay(today) },
    contact: founding?.steps[0]?.ownerName ?? '',
  }
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      value === null || value === '' ? blank : String(value),
    ]),
  )
}

/** `2026年3月2日`, as official documents write a day. */
function chineseDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
