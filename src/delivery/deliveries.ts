import type { Reads } from '../people/people.ts'

/** What became of messages, as far as the outbox remembers them: 30 days. */
export interface Deliveries {
  sent: number
  waiting: number
  /** Not delivered, or nobody can tell. */
  failed: number
}

/** Ids in one query: databases take some ten thousand values at most. */
const mostAtOnce = 400

/** How many of the messages with these ids were delivered. */
export async function deliveriesOf(db: Reads, ids: readonly string[]): Promise<Deliveries> {
  const found: Deliveries = { sent: 0, waiting: 0, failed: 0 }
  for (let at = 0; at < ids.length; at += mostAtOnce) {
    const rows = await db
      .selectFrom('outbox')
      .select(({ fn }) => ['state', fn.countAll<number | string>().as('count')])
      .where('id', 'in', ids.slice(at, at + mostAtOnce))
      .groupBy('state')
      .execute()
    for (const { state, count } of rows) {
      if (state === 'sent' || state === 'superseded') found.sent += Number(count)
      else if (state === 'waiting') found.waiting += Number(count)
      else found.failed += Number(count)
    }
  }
  return found
}
