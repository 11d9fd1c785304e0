import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { NoticeRow } from './records.ts'

/** Notices of some organisations that went out in a span of instants, as ISO texts, by number. Withdrawn ones do not count. */
export async function sentNotices(
  db: Reads,
  organisations: readonly string[],
  { from, until }: { from: string; until: string },
): Promise<Pick<NoticeRow, 'number' | 'kind' | 'title'>[]> {
  const rows = []
  for (const piece of inPieces(organisations)) {
    rows.push(
      ...(await db
        .selectFrom('notice')
        .select(['number', 'kind', 'title'])
        .where('organisation', 'in', piece)
        .where('state', 'in', ['sent', 'ended'])
        .where('sent_at', '>=', from)
        .where('sent_at', '<', until)
        .execute()),
    )
  }
  return rows.toSorted((one, other) => (one.number < other.number ? -1 : 1))
}
