import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import { adoptingStates } from './compared-figures.ts'
import type { SubmissionsContext } from './context.ts'

/** Something sent in, as it is counted: nothing of what it says. */
export interface SentRecord {
  number: string
  kind: string
  /** Whether it was adopted before the end of the span, wherever it stands now. */
  adopted: boolean
  /** 元 a year, as confirmed; null: not yet. */
  benefit: number | null
}

/**
 * What was sent in by people of some organisations in a span of instants, as ISO texts, by number. Only what is signed,
 * open and not erased.
 */
export async function sentBetween(
  db: Reads,
  { kinds }: Pick<SubmissionsContext, 'kinds'>,
  organisations: readonly string[],
  { from, until }: { from: string; until: string },
): Promise<SentRecord[]> {
  const rows = []
  for (const piece of inPieces(organisations)) {
    rows.push(
      ...(await db
        .selectFrom('submission')
        .select(['id', 'number', 'kind', 'benefit'])
        .where('organisation', 'in', piece)
        .where('sealed', '=', 0)
        .where('naming', '=', 'signed')
        .where('erased_at', 'is', null)
        .where('submitted_at', '>=', from)
        .where('submitted_at', '<', until)
        .execute()),
    )
  }
  const states = adoptingStates(kinds.everyVersion())
  const kindOf = new Map(rows.map(({ id, kind }) => [id, kind]))
  const adopted = new Set<string>()
  for (const piece of inPieces([...kindOf.keys()])) {
    const steps = await db
      .selectFrom('submission_history')
      .select(['submission', 'to_state'])
      .distinct()
      .where('submission', 'in', piece)
      .where('at', '<', until)
      .execute()
    for (const { submission, to_state: state } of steps) {
      if (states.get(kindOf.get(submission) ?? '')?.has(state)) adopted.add(submission)
    }
  }
  return rows
    .map(({ id, number, kind, benefit }) => ({ number, kind, benefit, adopted: adopted.has(id) }))
    .toSorted((one, other) => (one.number < other.number ? -1 : 1))
}
