import type { Subscriber } from '../../src/events/event-worker.ts'
import type { EventName } from '../../src/events/events.ts'
import { subscribers } from '../../src/events/subscribers.ts'

/** Features that subscribe to what those under test do not, and do nothing about it: the worker wants them all. */
export function othersThan(...tested: readonly string[]): Subscriber[] {
  return Object.entries(subscribers).flatMap(([event, names]) =>
    names
      .filter((name) => !tested.includes(name))
      .map((name) => ({ name, subscriptions: { [event as EventName]: async () => {} } })),
  )
}
