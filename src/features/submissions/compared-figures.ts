import { type AliasedExpression, type ExpressionBuilder, sql } from 'kysely'
import type { Reads } from '../../people/people.ts'
import type { Tables } from '../../store/tables.ts'
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

/** Figures by part, in one statement however many records there are. */
export async function comparedFigures(
  db: Reads,
  { kinds }: Pick<SubmissionsContext, 'kinds'>,
  compared: Compared,
): Promise<Map<string | null, PartFigures>> {
  const adopting = [...adoptingStates(kinds.everyVersion())]
  const counted = await db
    .selectFrom(compared)
    .innerJoin('submission', 'submission.id', 'compared.submission')
    .select('compared.part')
    .select((select) => [
      select.fn.countAll<number | string>().as('number'),
      select.fn.sum<number | string | null>('submission.benefit').as('benefit'),
      select.fn
        .sum<number | string>(
          select.case().when(everAdopted(select, adopting)).then(sql.lit(1)).else(sql.lit(0)).end(),
        )
        .as('adopted'),
    ])
    .groupBy('compared.part')
    .execute()
  return new Map(
    counted.map(({ part, number, adopted, benefit }) => [
      part,
      {
        ...{ number: Number(number), adopted: Number(adopted) },
        benefit: Math.round(Number(benefit ?? 0) * 100) / 100,
      },
    ]),
  )
}

/** What was adopted once counts as adopted, wherever it stands now; only of what does not stand there the history is read. */
function everAdopted(
  where: ExpressionBuilder<Tables, 'submission'>,
  adopting: readonly [kind: string, states: ReadonlySet<string>][],
) {
  return where.or(
    adopting.map(([kind, states]) =>
      where.and([
        where('submission.kind', '=', kind),
        where.or([
          where('submission.state', 'in', [...states]),
          where.exists(
            where
              .selectFrom('submission_history')
              .select(sql.lit(1).as('one'))
              .whereRef('submission_history.submission', '=', 'submission.id')
              .where('submission_history.to_state', 'in', [...states]),
          ),
        ]),
      ]),
    ),
  )
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
