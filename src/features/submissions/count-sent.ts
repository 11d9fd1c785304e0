import type { Reads } from '../../people/people.ts'

/** How many were sent in by people of some organisations in a span of instants, as ISO texts; sealed ones are counted by nobody. */
export async function countSentIn(
  db: Reads,
  organisations: readonly string[],
  { from, until }: { from: string; until: string },
): Promise<number> {
  const { count } = await db
    .selectFrom('submission')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('organisation', 'in', organisations)
    .where('sealed', '=', 0)
    .where('submitted_at', '>=', from)
    .where('submitted_at', '<', until)
    .executeTakeFirstOrThrow()
  return Number(count)
}
