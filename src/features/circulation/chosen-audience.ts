import type { FormValues } from '../../forms/definition.ts'
import type { Reads } from '../../people/people.ts'

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
