import type { Store } from '../store/store.ts'

/** What waits in one queue. */
export interface QueueState {
  queue: 'inbox' | 'outbox' | 'timer' | 'event'
  waiting: number
  /** Seconds that the oldest has waited; 0 where none waits. */
  oldest: number
}

/** What waits by the database's clock; a timer waits from the moment in which it is due. */
export async function readQueues(store: Store): Promise<QueueState[]> {
  const now = await store.now()
  const { db } = store
  const rows = [
    {
      queue: 'inbox' as const,
      ...(await db
        .selectFrom('inbox')
        .select(({ fn }) => [fn.countAll().as('waiting'), fn.min('received_at').as('since')])
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow()),
    },
    {
      queue: 'outbox' as const,
      ...(await db
        .selectFrom('outbox')
        .select(({ fn }) => [fn.countAll().as('waiting'), fn.min('created_at').as('since')])
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow()),
    },
    {
      queue: 'timer' as const,
      ...(await db
        .selectFrom('timer')
        .select(({ fn }) => [fn.countAll().as('waiting'), fn.min('due_at').as('since')])
        .where('state', '=', 'waiting')
        .where('due_at', '<=', now.toISOString())
        .executeTakeFirstOrThrow()),
    },
    {
      queue: 'event' as const,
      ...(await db
        .selectFrom('event')
        .select(({ fn }) => [fn.countAll().as('waiting'), fn.min('published_at').as('since')])
        .where('state', '=', 'waiting')
        .executeTakeFirstOrThrow()),
    },
  ]
  return rows.map(({ queue, waiting, since }) => ({
    queue,
    waiting: Number(waiting),
    oldest: since ? Math.max(0, now.getTime() - new Date(since).getTime()) / 1000 : 0,
  }))
}

/** How many rows of each queue were given up, and for messages to people also those of which nobody knows. */
export async function countFailed({ db }: Store): Promise<Record<QueueState['queue'], number>> {
  const count = ({ count }: { count: number | string | bigint }) => Number(count)
  const [inbox, outbox, timer, event] = await Promise.all([
    db
      .selectFrom('inbox')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('state', '=', 'failed')
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('outbox')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('state', 'in', ['dead', 'uncertain'])
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('timer')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('state', '=', 'failed')
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('event')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('state', '=', 'failed')
      .executeTakeFirstOrThrow(),
  ])
  return { inbox: count(inbox), outbox: count(outbox), timer: count(timer), event: count(event) }
}
