import type { Trx } from '../store/store.ts'
import type { DomainEvents, EventName } from './events.ts'
import { subscribers } from './subscribers.ts'

/**
 * Says that something has happened, in the transaction in which it did. Each subscriber handles it on its own, soon
 * after the commit.
 * @param now Of `store.now(trx)`.
 * @param to Who handles it. Default: all who subscribe.
 */
export async function publish<Name extends EventName>(
  trx: Trx,
  name: Name,
  event: DomainEvents[Name],
  now: Date,
  to: readonly string[] = subscribers[name],
): Promise<void> {
  if (to.length === 0) return
  const at = now.toISOString()
  await trx
    .insertInto('event')
    .values(
      to.map((subscriber) => ({
        name,
        subscriber,
        payload: JSON.stringify(event),
        state: 'waiting' as const,
        attempts: 0,
        due_at: at,
        published_at: at,
      })),
    )
    .execute()
}
