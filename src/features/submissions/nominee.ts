import type { FormValues } from '../../forms/definition.ts'
import type { KindFile } from './definition/schema.ts'

/** Whom a record puts forward, by what was filled in; null: nobody of the house. */
export function nomineeOf({ pages }: Pick<KindFile, 'pages'>, values: FormValues): string | null {
  const field = pages.flatMap(({ fields }) => fields).find(({ sets }) => sets === 'nominee')
  const named = field && values[field.name]
  return typeof named === 'string' && named !== '' ? named : null
}
