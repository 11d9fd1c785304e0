import type { FormValues } from '../../forms/definition.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { type AudienceMaker, organisationsNamed } from './audience-pages.ts'

/** What was filled in on the pages of an audience, kept until it is sent. */
export interface ChosenAudience {
  toKinds: string[]
  toAt: string
  toBelow: boolean
  toRoles: string[]
  toPeople: string[]
}

export function chosenIn(values: FormValues): ChosenAudience {
  const list = (name: string) => (Array.isArray(values[name]) ? values[name].map(String) : [])
  return {
    toKinds: list('toKinds'),
    toAt: typeof values.toAt === 'string' ? values.toAt : '',
    toBelow: values.toBelow === true,
    toRoles: list('toRoles'),
    toPeople: list('toPeople'),
  }
}

/**
 * As `chosenIn`; where no organisation was named those of whoever fills it in are, so that it is for the same people
 * whoever looks it over and sends it. Throws PlainError where they may send nowhere.
 */
export async function chosenBy(db: Reads, values: FormValues, maker: AudienceMaker): Promise<ChosenAudience> {
  const chosen = chosenIn(values)
  const isOfPlaces = chosen.toKinds.some((kind) => kind === 'groups' || kind === 'members')
  if (!isOfPlaces || chosen.toAt.trim() !== '') return chosen
  const own = new Set(await organisationsNamed(db, '', maker))
  const named = (await listOrganisations(db)).flatMap(({ id, path }) => {
    if (!own.has(id)) return []
    // A name that would be read as two stands there by its id.
    return /[、,，;；\n]/.test(path) ? id : path
  })
  return { ...chosen, toAt: named.join('、') }
}

/** As a form has it filled in; people are named, by their ids where several have the name. */
export async function filledAudience(
  db: Reads,
  { toKinds, toAt, toBelow, toRoles, toPeople }: ChosenAudience,
): Promise<Record<string, string | string[]>> {
  const rows =
    toPeople.length === 0
      ? []
      : await db.selectFrom('person').select(['id', 'name']).where('id', 'in', toPeople).execute()
  const alike = Map.groupBy(rows, ({ name }) => name)
  const named = rows.map(({ id, name }) => (alike.get(name)!.length > 1 ? id : name))
  return { toKinds, toAt, toBelow: toBelow ? 'yes' : '', toRoles, toPeople: named.join('、') }
}
