import type { Selectable } from 'kysely'
import type { Reads } from '../../people/people.ts'
import type { OrganisationProfileTable } from '../../store/tables/organisations.ts'

export type ProfileRow = Selectable<OrganisationProfileTable>

export const associations = ['none', 'preparing', 'founded'] as const
export const modes = ['standalone', 'regional', 'industry', 'hosted'] as const
/** 五有. */
export const possessions = ['organisation', 'premises', 'staff', 'funds', 'activities'] as const

export type Association = (typeof associations)[number]
export type Mode = (typeof modes)[number]
export type Possession = (typeof possessions)[number]

/** What is known of an organisation. */
export interface Profile {
  organisation: string
  /** Empty: not known. */
  region: string
  industry: string
  /** Null: not known. */
  employees: number | null
  /** 科技工作者人数, and the day it was counted on. */
  stWorkers: number | null
  stCountedOn: string | null
  association: Association
  mode: Mode | null
  foundedOn: string | null
  /** The last day of the term of office. */
  termEndsOn: string | null
  /** Names as written; empty: nobody. */
  chair: string
  secretary: string
  /** The persons of those names, where they are known. */
  chairPerson: string | null
  secretaryPerson: string | null
  members: number | null
  has: Record<Possession, boolean>
  note: string
}

/** What is known of an organisation of which nobody has said anything. */
export function emptyProfile(organisation: string): Profile {
  return {
    ...{ organisation, region: '', industry: '', employees: null, stWorkers: null, stCountedOn: null },
    ...{ association: 'none', mode: null, foundedOn: null, termEndsOn: null },
    ...{ chair: '', secretary: '', chairPerson: null, secretaryPerson: null, members: null, note: '' },
    has: { organisation: false, premises: false, staff: false, funds: false, activities: false },
  }
}

/** How many ids stand in one statement. */
const atOnce = 500

/** Profiles by organisation, one for each of the ids: an empty one where nothing is known. @param ids null: all there are. */
export async function readProfiles(db: Reads, ids: readonly string[] | null): Promise<Map<string, Profile>> {
  const found = new Map((ids ?? []).map((id) => [id, emptyProfile(id)]))
  if (ids === null) {
    for (const row of await db.selectFrom('organisation_profile').selectAll().execute()) {
      found.set(row.organisation, toProfile(row))
    }
    return found
  }
  for (let from = 0; from < ids.length; from += atOnce) {
    const some = ids.slice(from, from + atOnce)
    const rows = await db
      .selectFrom('organisation_profile')
      .selectAll()
      .where('organisation', 'in', some)
      .execute()
    for (const row of rows) found.set(row.organisation, toProfile(row))
  }
  return found
}

/** One profile, as `readProfiles` has it. */
export async function readProfile(db: Reads, organisation: string): Promise<Profile> {
  return (await readProfiles(db, [organisation])).get(organisation)!
}

function toProfile(row: ProfileRow): Profile {
  return {
    ...{ organisation: row.organisation, region: row.region, industry: row.industry },
    ...{ employees: row.employees, stWorkers: row.st_workers, stCountedOn: row.st_counted_on },
    ...{ association: row.association, mode: row.mode, foundedOn: row.founded_on },
    ...{ termEndsOn: row.term_ends_on, chair: row.chair, secretary: row.secretary },
    ...{ chairPerson: row.chair_person, secretaryPerson: row.secretary_person, members: row.members },
    has: {
      organisation: row.has_organisation === 1,
      premises: row.has_premises === 1,
      staff: row.has_staff === 1,
      funds: row.has_funds === 1,
      activities: row.has_activities === 1,
    },
    note: row.note,
  }
}

/** The columns that hold a profile. */
export function columnsOf(profile: Profile): Omit<ProfileRow, 'changed_by' | 'changed_at'> {
  const { has } = profile
  const flag = (one: boolean) => (one ? (1 as const) : (0 as const))
  return {
    ...{ organisation: profile.organisation, region: profile.region, industry: profile.industry },
    ...{ employees: profile.employees, st_workers: profile.stWorkers, st_counted_on: profile.stCountedOn },
    ...{ association: profile.association, mode: profile.mode, founded_on: profile.foundedOn },
    ...{ term_ends_on: profile.termEndsOn, chair: profile.chair, secretary: profile.secretary },
    ...{ chair_person: profile.chairPerson, secretary_person: profile.secretaryPerson },
    ...{ members: profile.members, note: profile.note },
    ...{ has_organisation: flag(has.organisation), has_premises: flag(has.premises) },
    ...{ has_staff: flag(has.staff), has_funds: flag(has.funds), has_activities: flag(has.activities) },
  }
}
