import { findEvent } from '../../../src/features/events/records.ts'
import type { Outcome } from '../../../src/features/events/seats/outcome.ts'
import type { Change, Seats } from '../../../src/features/events/seats/seats.ts'
import type { Store } from '../../../src/store/store.ts'
import { replay } from '../replay-seats.ts'

/** What the database holds of an event after a rush. */
export interface Rushed {
  /** Presses that wait still. */
  waiting: number
  /** People whose presses were kept. */
  pressed: Set<number>
  /** States of registrations in the order of their numbers. */
  states: string[]
  /** Persons with more than one registration, or presses with an outcome that is not their registration's. */
  wrong: string[]
  /** Messages in the outbox, by account. */
  told: Map<string, number>
  figures: { taken: number; waiting: number }
  /** Whether the history, replayed, gives the registrations. */
  replays: boolean
}

export async function readRush({ db }: Store, event: string): Promise<Rushed> {
  const presses = await db.selectFrom('event_press').selectAll().where('event', '=', event).execute()
  const rows = await db
    .selectFrom('event_registration')
    .selectAll()
    .where('event', '=', event)
    .orderBy('seq')
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const wrong = [...Map.groupBy(rows, ({ person }) => person)]
    .filter(([, own]) => own.length > 1)
    .map(([person]) => `${person} has several`)
  const pressed = new Set<number>()
  for (const { press, outcome, seq } of presses) {
    const { who } = JSON.parse(press) as { who: { account: { user: string } } }
    pressed.add(Number(who.account.user.slice(1)))
    const found = outcome === null ? null : (JSON.parse(outcome) as Outcome)
    if (found?.type !== 'done') continue
    const row = byId.get(found.registration)
    if (row?.state !== found.state || row.seq !== seq) wrong.push(`press ${seq} led to nothing`)
  }
  const sent = await db
    .selectFrom('outbox')
    .select('address')
    .where('operation', '=', 'send')
    .where('address', 'like', '%"account"%')
    .execute()
  const figures = await db
    .selectFrom('event_seats')
    .select(['taken', 'waiting'])
    .where('event', '=', event)
    .executeTakeFirstOrThrow()
  const lines = await db
    .selectFrom('event_history')
    .select('data')
    .where('event', '=', event)
    .orderBy('id')
    .execute()
  const { row } = (await findEvent(db, event))!
  const start: Seats = {
    ...{ capacity: row.capacity, reserved: new Map(), mode: row.mode },
    ...{ hasWaitingList: true, closed: false, entries: new Map() },
  }
  const { entries } = replay(
    start,
    lines.map(({ data }) => JSON.parse(data) as Change),
  )
  return {
    waiting: presses.filter(({ state }) => state === 'waiting').length,
    pressed,
    states: rows.map(({ state }) => state),
    wrong,
    told: new Map([...Map.groupBy(sent, ({ address }) => address)].map(([to, all]) => [to, all.length])),
    figures,
    replays: rows.length === entries.size && rows.every(({ id, state }) => entries.get(id)?.state === state),
  }
}
