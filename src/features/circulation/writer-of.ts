import type { Trx } from '../../store/store.ts'
import type { CirculationContext } from './context.ts'
import { partsOfOrigin } from './records.ts'

/** What writes the cards of an origin; null: there is nothing to send any more. */
export async function writerOf(trx: Trx, { writers }: CirculationContext, origin: string, now: Date) {
  const { feature, id } = partsOfOrigin(origin)
  return (await writers.get(feature)?.prepare(trx, id, now)) ?? null
}
