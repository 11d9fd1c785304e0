import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'

/** An event that took place. */
interface HeldEvent {
  number: string
  title: string
  /** Name of a kind in knowledge/events. */
  kind: string
  /** Who checked in. */
  attended: number
}

/** Events of some organisations that began and ended in a span of instants, as ISO texts; the first first. */
export async function heldBetween(
  db: Reads,
  organisations: readonly string[],
  { from, until }: { from: string; until: string },
): Promise<HeldEvent[]> {
  const rows = []
  for (const piece of inPieces(organisations)) {
    rows.push(
      ...(await db
        .selectFrom('event_entry')
        .select(['id', 'number', 'title', 'kind', 'starts_at'])
        .where('organisation', 'in', piece)
        .where('state', 'in', ['published', 'over'])
        .where('starts_at', '>=', from)
        .where('ends_at', '<', until)
        .execute()),
    )
  }
  const came = new Map<string, number>()
  for (const piece of inPieces(rows.map(({ id }) => id))) {
    const counted = await db
      .selectFrom('event_check_in')
      .select(({ fn }) => ['event', fn.countAll<number | string>().as('count')])
      .where('event', 'in', piece)
      .groupBy('event')
      .execute()
    for (const { event, count } of counted) came.set(event, Number(count))
  }
  return rows
    .toSorted((one, other) => (one.starts_at + one.id < other.starts_at + other.id ? -1 : 1))
    .map(({ id, number, title, kind }) => ({ number, title, kind, attended: came.get(id) ?? 0 }))
}
