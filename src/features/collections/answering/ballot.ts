import { randomInt, randomUUID } from 'node:crypto'
import type { FormValues } from '../../../forms/definition.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'

/** Answers that are written anew with each new one, so that none is known to be the newest. */
const rewritten = 60

/**
 * Keeps an answer that is nobody's. Databases keep the order in which rows were written, and who answered when is known to
 * the circulation: so with the new one others, drawn by lot, are written again, all in an order drawn by lot and under new
 * ids. Whoever reads the tables cannot tell which of them came last.
 */
export async function castBallot(
  trx: Trx,
  { collection, values }: { collection: string; values: FormValues },
): Promise<void> {
  const ids = await trx
    .selectFrom('collection_ballot')
    .select('id')
    .where('collection', '=', collection)
    .execute()
  const drawn = shuffled(ids.map(({ id }) => id)).slice(0, rewritten)
  const others: { content: string }[] = []
  for (const piece of inPieces(drawn)) {
    others.push(
      ...(await trx.selectFrom('collection_ballot').select('content').where('id', 'in', piece).execute()),
    )
    await trx.deleteFrom('collection_ballot').where('id', 'in', piece).execute()
  }
  const all = shuffled([...others, { content: JSON.stringify(values) }])
  await trx
    .insertInto('collection_ballot')
    .values(all.map((one) => ({ id: randomUUID(), collection, ...one })))
    .execute()
}

/** In an order drawn by lot, each as likely as any (Fisher–Yates). */
export function shuffled<T>(all: readonly T[]): T[] {
  const mixed = [...all]
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1)
    ;[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!]
  }
  return mixed
}
