import type { Reads } from '../../people/people.ts'

/** Published events of some organisations that begin in a span of instants, as ISO texts; the first first. */
export async function eventsBetween(
  db: Reads,
  organisations: readonly string[],
  { from, until }: { from: string; until: string },
): Promise<{ title: string; startsAt: string }[]> {
  const rows = await db
    .selectFrom('event_entry')
    .select(['title', 'starts_at'])
    .where('organisation', 'in', organisations)
    .where('state', 'in', ['published', 'over'])
    .where('starts_at', '>=', from)
    .where('starts_at', '<', until)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
  return rows.map(({ title, starts_at }) => ({ title, startsAt: starts_at }))
}
