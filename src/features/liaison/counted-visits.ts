import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Day } from '../../timers/calendar/day.ts'
import type { VisitKind } from './rules.ts'

/** A visit as it is counted, with what was promised on it. */
interface CountedVisit {
  number: string
  kind: VisitKind
  /** Name of the organisation that was visited. */
  name: string
  /** But those that were dropped. */
  promises: number
  /** Of the promises, those that were kept by now. */
  kept: number
}

/** Visits to organisations on days from the first to before the last, by number. */
export async function countedVisits(
  db: Reads,
  organisations: readonly string[],
  { from, until }: { from: Day; until: Day },
): Promise<CountedVisit[]> {
  const rows = []
  for (const piece of inPieces(organisations)) {
    rows.push(
      ...(await db
        .selectFrom('liaison_visit')
        .innerJoin('organisation', 'organisation.id', 'liaison_visit.organisation')
        .select(['liaison_visit.id', 'liaison_visit.number', 'liaison_visit.kind', 'organisation.name'])
        .where('liaison_visit.organisation', 'in', piece)
        .where('liaison_visit.day', '>=', from)
        .where('liaison_visit.day', '<', until)
        .execute()),
    )
  }
  const promised = []
  for (const piece of inPieces(rows.map(({ id }) => id))) {
    promised.push(
      ...(await db
        .selectFrom('liaison_promise')
        .select(['visit', 'state'])
        .where('visit', 'in', piece)
        .where('state', '!=', 'dropped')
        .execute()),
    )
  }
  const byVisit = Map.groupBy(promised, ({ visit }) => visit)
  return rows
    .map(({ id, number, kind, name }) => {
      const theirs = byVisit.get(id) ?? []
      const kept = theirs.filter(({ state }) => state === 'kept').length
      return { number, kind, name, promises: theirs.length, kept }
    })
    .toSorted((one, other) => (one.number < other.number ? -1 : 1))
}
