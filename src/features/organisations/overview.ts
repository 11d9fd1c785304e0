import { listOrganisations, type PlacedOrganisation, pathSeparator } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import type { Association, Mode, Profile } from './profile.ts'
import { emptyProfile, readProfiles } from './profile.ts'
import type { ProfileField } from './profile-rules.ts'

/** An organisation as lists show it. */
export interface ListedOrganisation {
  organisation: PlacedOrganisation
  profile: Profile
}

export interface ProfileFilters {
  /** As written; `none`: none is written. */
  region?: string
  association?: Association
  mode?: Mode
  /** Only those with figures that are not known. */
  missing?: boolean
}

/** Organisations with what is known of them, in the order of the tree. @param reach ids; null: all. */
export async function listProfiles(
  db: Reads,
  reach: readonly string[] | null,
): Promise<ListedOrganisation[]> {
  const wanted = reach === null ? null : new Set(reach)
  const organisations = (await listOrganisations(db)).filter(({ id }) => wanted === null || wanted.has(id))
  const profiles = await readProfiles(db, null)
  return organisations.map((organisation) => ({
    organisation,
    profile: profiles.get(organisation.id) ?? emptyProfile(organisation.id),
  }))
}

/** The narrowed list. @param below the path of an organisation: it and all below it; null: all. */
export function narrowed(
  listed: readonly ListedOrganisation[],
  { region, association, mode, missing }: ProfileFilters,
  below: string | null,
): ListedOrganisation[] {
  return listed.filter(({ organisation, profile }) => {
    const { path } = organisation
    if (below !== null && path !== below && !path.startsWith(below + pathSeparator)) return false
    if (region !== undefined && profile.region !== (region === 'none' ? '' : region)) return false
    if (association !== undefined && (!isUnit(organisation) || profile.association !== association))
      return false
    if (mode !== undefined && profile.mode !== mode) return false
    return !missing || (isUnit(organisation) && missingOf(profile).length > 0)
  })
}

/** Whether it is a unit that may have an association: one of kind 科协 is the association of the unit above it. */
export function isUnit({ kind }: Pick<PlacedOrganisation, 'kind'>): boolean {
  return kind !== 'association'
}

/** What every profile should hold and this one does not. */
export function missingOf(profile: Profile): ProfileField[] {
  const missing: ProfileField[] = []
  if (profile.region === '') missing.push('region')
  if (profile.industry === '') missing.push('industry')
  if (profile.employees === null) missing.push('employees')
  if (profile.stWorkers === null) missing.push('stWorkers')
  if (profile.association !== 'founded') return missing
  if (profile.mode === null) missing.push('mode')
  if (profile.foundedOn === null) missing.push('foundedOn')
  if (profile.termEndsOn === null) missing.push('termEndsOn')
  if (profile.chair === '') missing.push('chair')
  if (profile.secretary === '') missing.push('secretary')
  if (profile.members === null) missing.push('members')
  return missing
}

/** How far associations reach. */
export interface RegionFigures {
  organisations: number
  byState: Record<Association, number>
  /** S&T workers, as far as they are known. */
  workers: number
  /** Of them, those whose organisation has an association. */
  covered: number
}

/** Figures of the units of each region by name, those without one last; and of all. */
export function figuresByRegion(listed: readonly ListedOrganisation[]): {
  regions: { region: string; figures: RegionFigures }[]
  total: RegionFigures
} {
  const units = listed.filter(({ organisation }) => isUnit(organisation))
  const groups = Map.groupBy(units, ({ profile }) => profile.region)
  const names = [...groups.keys()].toSorted((one, other) => {
    if (one === '' || other === '') return one === '' ? 1 : -1
    return one < other ? -1 : 1
  })
  return {
    regions: names.map((region) => ({ region, figures: figuresOf(groups.get(region)!) })),
    total: figuresOf(units),
  }
}

function figuresOf(listed: readonly ListedOrganisation[]): RegionFigures {
  const figures: RegionFigures = {
    ...{ organisations: listed.length, workers: 0, covered: 0 },
    byState: { none: 0, preparing: 0, founded: 0 },
  }
  for (const { profile } of listed) {
    figures.byState[profile.association] += 1
    figures.workers += profile.stWorkers ?? 0
    if (profile.association === 'founded') figures.covered += profile.stWorkers ?? 0
  }
  return figures
}

/** A whole percentage of the S&T workers; empty where none are known. */
export function coverageText({ workers, covered }: RegionFigures): string {
  return workers === 0 ? '' : `${Math.round((covered / workers) * 100)}%`
}
