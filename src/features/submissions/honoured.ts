import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import { adoptingStates } from './compared-figures.ts'
import type { SubmissionsContext } from './context.ts'

/** Somebody who was put forward by a record, and honoured. */
export interface HonouredCase {
  number: string
  /** Of the person or team, as it was filled in. */
  name: string
  /** Of the kind, such as `individual` or `team`; empty where the kind has none. */
  variety: string
  /** Null: they are not in the register. */
  nominee: string | null
  /** Of whoever nominated them; null: a guest. */
  organisation: string | null
  /** Its name; empty: a guest's. */
  unit: string
  /** What they were honoured as. */
  honour: string
  /** When, as an ISO text. */
  at: string
}

/** A record that stands as honoured. */
interface Standing {
  id: string
  kind: string
}

/**
 * Who was put forward (典型推荐) and honoured in a span of instants (ISO texts, the second outside), by time. What is
 * sealed, erased, merged, or stands as honoured no more is left out.
 * @param organisations Of whoever nominated; null: all.
 */
export async function honouredModelCases(
  db: Reads,
  { kinds }: Pick<SubmissionsContext, 'kinds'>,
  organisations: readonly string[] | null,
  { from, until }: { from: string; until: string },
): Promise<HonouredCase[]> {
  const honouring = honouringActions(kinds.everyVersion())
  if (honouring.size === 0) return []
  const adopting = adoptingStates(kinds.everyVersion())
  const standing = db
    .selectFrom('submission')
    .leftJoin('organisation', 'organisation.id', 'submission.organisation')
    .select(['submission.id', 'number', 'submission.kind', 'variety', 'subject', 'nominee', 'award'])
    .select(['submission.organisation', 'organisation.name as unit'])
    .where('award', 'is not', null)
    .where('sealed', '=', 0)
    .where('erased_at', 'is', null)
    .where('merged_into', 'is', null)
    .where((where) =>
      where.or(
        [...honouring.keys()].map((kind) =>
          where.and([
            where('submission.kind', '=', kind),
            where('state', 'in', [...(adopting.get(kind) ?? new Set(['']))]),
          ]),
        ),
      ),
    )
  const queries =
    organisations === null
      ? [standing]
      : inPieces(organisations).map((piece) => standing.where('submission.organisation', 'in', piece))
  const found: HonouredCase[] = []
  for (const query of queries) {
    const rows = await query.execute()
    const moments = await honouredAt(db, rows, honouring)
    for (const { id, subject, award, number, variety, nominee, organisation, unit } of rows) {
      const at = moments.get(id)
      if (at === undefined || at < from || at >= until) continue
      const honoured = { honour: award ?? '', unit: unit ?? '', at }
      found.push({ number, name: subject, variety, nominee, organisation, ...honoured })
    }
  }
  return found.sort((one, other) => (`${one.at} ${one.number}` < `${other.at} ${other.number}` ? -1 : 1))
}

/** When each was honoured last, by its id. */
async function honouredAt(
  db: Reads,
  rows: readonly Standing[],
  honouring: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Map<string, string>> {
  const kindOf = new Map(rows.map(({ id, kind }) => [id, kind]))
  const moments = new Map<string, string>()
  for (const piece of inPieces([...kindOf.keys()])) {
    const steps = await db
      .selectFrom('submission_history')
      .select(['submission', 'action', 'at'])
      .where('submission', 'in', piece)
      .orderBy('revision')
      .execute()
    for (const { submission, action, at } of steps) {
      if (honouring.get(kindOf.get(submission) ?? '')?.has(action)) moments.set(submission, at)
    }
  }
  return moments
}

/** By kind that puts somebody forward: the actions that give the honour, in any of its versions. */
function honouringActions(
  versions: ReturnType<SubmissionsContext['kinds']['everyVersion']>,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { kind, pages, actions } of versions) {
    if (!pages.some(({ fields }) => fields.some(({ sets }) => sets === 'nominee'))) continue
    for (const [name, { fields }] of Object.entries(actions)) {
      if (!fields.some(({ sets }) => sets === 'award')) continue
      found.set(kind, (found.get(kind) ?? new Set()).add(name))
    }
  }
  return found
}
