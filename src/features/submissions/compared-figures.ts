import type { AliasedExpression } from 'kysely'
import type { Reads } from '../../people/people.ts'
import type { SubmissionsContext } from './context.ts'

/** A query of what is compared: ids of records, and the part under which each is counted; null: under none. */
export type Compared = AliasedExpression<{ submission: string; part: string | null }, 'compared'>

/** What became of the records of a part. */
export interface PartFigures {
  number: number
  adopted: number
  /** 元 a year, as confirmed. */
  benefit: number
}

/** Figures by part, in two statements however many records there are. */
export async function comparedFigures(
  db: Reads,
  { kinds }: Pick<SubmissionsContext, 'kinds'>,
  compared: Compared,
): Promise<Map<string | null, PartFigures>> {
  const counted = await db
    .selectFrom(compared)
    .innerJoin('submission', 'submission.id', 'compared.submission')
    .select('compared.part')
    .select(({ fn }) => [
      fn.countAll<number | string>().as('number'),
      fn.sum<number | string | null>('submission.benefit').as('benefit'),
    ])
    .groupBy('compared.part')
    .execute()
  const figures = new Map(
    counted.map(({ part, number, benefit }) => [
      part,
      { number: Number(number), adopted: 0, benefit: Math.round(Number(benefit ?? 0) * 100) / 100 },
    ]),
  )
  // What was adopted once counts as adopted, wherever it stands now.
  const adopting = [...adoptingStates(kinds.everyVersion())]
  if (adopting.length === 0) return figures
  const adopted = await db
    .selectFrom(compared)
    .innerJoin('submission', 'submission.id', 'compared.submission')
    .innerJoin('submission_history', 'submission_history.submission', 'submission.id')
    .select('compared.part')
    .select(({ fn }) => fn.count<number | string>('submission.id').distinct().as('count'))
    .where((where) =>
      where.or(
        adopting.map(([kind, states]) =>
          where.and([
            where('submission.kind', '=', kind),
            where('submission_history.to_state', 'in', [...states]),
          ]),
        ),
      ),
    )
    .groupBy('compared.part')
    .execute()
  for (const { part, count } of adopted) {
    const theirs = figures.get(part)
    if (theirs) theirs.adopted = Number(count)
  }
  return figures
}

/** By kind: the states in any of its versions that count as adopted. */
export function adoptingStates(
  versions: ReturnType<SubmissionsContext['kinds']['everyVersion']>,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { kind, states } of versions) {
    for (const [name, { counts }] of Object.entries(states)) {
      if (counts.includes('adopted')) found.set(kind, (found.get(kind) ?? new Set()).add(name))
    }
  }
  return found
}
