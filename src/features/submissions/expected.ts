import type { FormValues } from '../../forms/definition.ts'
import type { KindFile } from './definition/schema.ts'

/**
 * What a record's author expects of it, in 元 a year; null: they did not say. Kept beside what was filled in, since to read
 * it out of tens of thousands of texts takes longer than all else that is counted.
 */
export function expectedOf({ expected }: Pick<KindFile, 'expected'>, values: FormValues): number | null {
  const amount = expected === undefined ? undefined : values[expected]
  return typeof amount === 'number' && Number.isFinite(amount) ? amount : null
}
