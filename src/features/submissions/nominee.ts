import type { FormValues } from '../../forms/definition.ts'
import type { Reads } from '../../people/people.ts'
import { routeOf } from '../../people/route.ts'
import type { KindFile } from './definition/schema.ts'

/** Whom a record puts forward, by what was filled in; null: nobody of the house. */
export function nomineeOf({ pages }: Pick<KindFile, 'pages'>, values: FormValues): string | null {
  const field = pages.flatMap(({ fields }) => fields).find(({ sets }) => sets === 'nominee')
  const named = field && values[field.name]
  return typeof named === 'string' && named !== '' ? named : null
}

/** Where whom a record puts forward works, and which organisation speaks for them; null: none. */
interface NomineesPlace {
  unit: string | null
  /** The unit, or the nearest above it where somebody handles what is sent in. */
  speaking: string | null
}

/**
 * Their own unit speaks for whoever is put forward, whoever nominated them. Nothing but null for nobody of the house, or
 * somebody without a place in it.
 * @param today `YYYY-MM-DD` of China.
 */
export async function placeOfNominee(
  db: Reads,
  nominee: string | null,
  today: string,
): Promise<NomineesPlace> {
  if (nominee === null) return { unit: null, speaking: null }
  const { organisation, liesWith } = await routeOf({ db, today }, nominee)
  return { unit: organisation, speaking: organisation === null ? null : (liesWith ?? organisation) }
}
