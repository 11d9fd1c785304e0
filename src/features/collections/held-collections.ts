import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import { fewest } from './tallying/tally.ts'

/** A collection that was answered, as it is counted. */
interface HeldCollection {
  number: string
  title: string
  /** 0 where they were few and nobody's. */
  answers: number
}

/** Collections that some organisations opened in a span of instants, as ISO texts, by number. */
export async function heldCollections(
  db: Reads,
  organisations: readonly string[],
  { from, until }: { from: string; until: string },
): Promise<HeldCollection[]> {
  const held: HeldCollection[] = []
  for (const piece of inPieces(organisations)) {
    const rows = await db
      .selectFrom('collection')
      .select(['id', 'number', 'title', 'anonymity'])
      .where('organisation', 'in', piece)
      .where('state', 'in', ['open', 'closed'])
      .where('opened_at', '>=', from)
      .where('opened_at', '<', until)
      .execute()
    for (const { id, number, title, anonymity } of rows) {
      const { count } = await db
        .selectFrom(anonymity === 'anonymous' ? 'collection_ballot' : 'collection_answer')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('collection', '=', id)
        .executeTakeFirstOrThrow()
      const answers = Number(count)
      held.push({ number, title, answers: anonymity === 'anonymous' && answers < fewest ? 0 : answers })
    }
  }
  return held.toSorted((one, other) => (one.number < other.number ? -1 : 1))
}
