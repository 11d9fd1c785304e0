import { type EventFilters, listEvents } from '../../src/features/events/lists/list-events.ts'
import { listRegistrations } from '../../src/features/events/lists/list-registrations.ts'
import { ownRegistrations } from '../../src/features/events/lists/own-registrations.ts'
import { searchEvents } from '../../src/features/events/lists/search-events.ts'
import { findEvent } from '../../src/features/events/records.ts'
import type { Store } from '../../src/store/store.ts'
import type { RushHouse } from '../../test/events/rush/people.ts'

/** Milliseconds of each look, by what is looked at. Pages of 50. */
export async function look(
  store: Store,
  house: RushHouse,
  events: readonly string[],
  rounds: number,
): Promise<Record<string, number[]>> {
  const { db } = store
  const context = { store }
  const cadre = { person: house.cadre, account: null }
  const staff = { person: 'person-7', account: null }
  const size = 50
  const list = (filters: EventFilters, asker: typeof cadre = cadre, after?: string) =>
    listEvents(db, context, asker, filters, { size, ...(after === undefined ? {} : { after }) })
  const search = (text: string, asker: typeof cadre = cadre) =>
    searchEvents(db, context, asker, text, { size })
  const late = await pageAt(events.length / size / 2, (after) => list({ when: 'past' }, cadre, after))
  const event = (await findEvent(db, events.at(-20) ?? events[0]!))!
  const now = await store.now()
  const people = (states?: ['waiting']) => listRegistrations(db, event, states ? { states } : {}, { size })
  const asked: Record<string, () => Promise<unknown>> = {
    'events to come': () => list({}),
    'events to come, seen by the staff': () => list({}, staff),
    'past events': () => list({ when: 'past' }),
    'past events, half of all pages on': () => list({ when: 'past' }, cadre, late),
    'past events, seen by the staff': () => list({ when: 'past' }, staff),
    'of one branch': () => list({ when: 'all', organisation: house.branches[3]! }),
    'of one kind': () => list({ when: 'past', kinds: ['forum'] }),
    'search: two common words': () => search('人工智能 论坛'),
    'search: common words, seen by the staff': () => search('人工智能 论坛', staff),
    'search: a number in it': () => search('氢能 第96期'),
    'search: nothing found': () => search('食堂加菜'),
    'search: by number': () => search(event.row.number),
    'registrations of an event': () => people(),
    'waiting list of an event': () => people(['waiting']),
    'own registrations to come': () => ownRegistrations(db, staff, {}, { size, now }),
    'own registrations, past': () => ownRegistrations(db, staff, { when: 'past' }, { size, now }),
  }
  const looks: Record<string, number[]> = {}
  for (const [name, ask] of Object.entries(asked)) {
    await ask()
    looks[name] = []
    for (let round = 0; round < rounds; round += 1) {
      const from = performance.now()
      await ask()
      looks[name].push(performance.now() - from)
    }
  }
  return looks
}

/** Where a page far behind begins. */
async function pageAt(
  pages: number,
  next: (after?: string) => Promise<{ next: string | null }>,
): Promise<string | undefined> {
  let after: string | undefined
  for (let page = 0; page < pages; page += 1) after = (await next(after)).next ?? after
  return after
}
