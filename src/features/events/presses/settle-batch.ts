import { type Selectable, sql } from 'kysely'
import { ancestorsOf } from '../../../people/organisations.ts'
import { attempt } from '../../../store/attempt.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import type { Tables } from '../../../store/tables.ts'
import type { LoopLogger } from '../../../workers/loop.ts'
import type { EventsContext } from '../context.ts'
import { findEvent } from '../records.ts'
import { keepSeats } from '../seats/keep-seats.ts'
import { tryLockSeats } from '../seats/lock-seats.ts'
import { openSeats } from '../seats/open-seats.ts'
import type { Outcome } from '../seats/outcome.ts'
import { answerReplies } from './answer-replies.ts'
import { type Accepted, decide } from './decide.ts'
import type { Press } from './press.ts'
import { readRegistrants } from './registrants.ts'

export interface Settled {
  /** What became of each press, by its key. */
  outcomes: Map<string, Outcome>
  /** There may be others of this event. */
  more: boolean
}

/** Written out, not bound: SQLite uses an index of what waits only where it reads that it is asked for just that. */
const waiting = sql.lit('waiting' as const)

/**
 * Settles the presses of an event that waited longest, in their order, with all that follows from them.
 * Where another process is at it nothing is settled: null.
 */
export async function settleBatch(
  trx: Trx,
  context: EventsContext,
  id: string,
  most: number,
): Promise<Settled | null> {
  if (!(await tryLockSeats(trx, id))) return null
  const now = await context.store.now(trx)
  const presses = (
    await trx
      .selectFrom('event_press')
      .select(['seq', 'key', 'press', 'accepted_at'])
      .where('event', '=', id)
      .where('state', '=', waiting)
      .orderBy('seq')
      .limit(most)
      .execute()
  ).map(toAccepted)
  const outcomes = new Map<string, Outcome>()
  if (presses.length === 0) return { outcomes, more: false }
  const event = await findEvent(trx, id)
  if (!event) throw new Error(`no event ${id} whose presses could be settled`)

  const work = await openSeats(trx, event, now)
  const people = presses.map(({ press }) => press)
  const registrants = await readRegistrants(trx, id, people, now)
  const above = await ancestorsOf(trx, event.row.organisation)
  const path = [event.row.organisation, ...above.map((one) => one.id)]
  for (const accepted of presses) {
    outcomes.set(accepted.key, await decide({ trx, event, path, work, registrants, now }, accepted))
  }
  const positions = work.positions()
  for (const outcome of outcomes.values()) place(outcome, positions)
  const replies = await answerReplies(trx, presses, outcomes, now)
  await keepSeats(trx, context, event, work, { now, replies })
  await keepOutcomes(trx, presses, outcomes, now)
  return { outcomes, more: presses.length === most }
}

/** As `settleBatch` for the first alone; one that the rules cannot work is refused, so that it holds up no other. */
export async function settleAlone(
  trx: Trx,
  context: EventsContext,
  id: string,
  logger: LoopLogger,
): Promise<Settled | null> {
  const tried = await attempt(trx, () => settleBatch(trx, context, id, 1))
  if ('result' in tried) return tried.result
  const press = await trx
    .selectFrom('event_press')
    .select(['seq', 'key'])
    .where('event', '=', id)
    .where('state', '=', waiting)
    .orderBy('seq')
    .executeTakeFirstOrThrow()
  logger.error({ err: tried.error, event: id, press: press.seq }, 'a press could not be settled')
  const outcomes = new Map<string, Outcome>([[press.key, { type: 'refused', reason: 'failed', values: {} }]])
  await keepOutcomes(trx, [press], outcomes, await context.store.now(trx))
  return { outcomes, more: true }
}

type PressRow = Pick<Selectable<Tables['event_press']>, 'seq' | 'key' | 'press' | 'accepted_at'>

function toAccepted({ seq, key, press, accepted_at }: PressRow): Accepted {
  return { seq, key, press: JSON.parse(press) as Press, acceptedAt: new Date(accepted_at) }
}

function place(outcome: Outcome, positions: ReadonlyMap<string, number>): void {
  if (outcome.type === 'done') {
    if (outcome.state === 'waiting') outcome.position = positions.get(outcome.registration) ?? null
  } else if (outcome.values.state === 'waiting') {
    const position = positions.get(outcome.values.registration ?? '')
    if (position !== undefined) outcome.values.position = String(position)
  }
}

async function keepOutcomes(
  trx: Trx,
  presses: readonly { seq: number; key: string }[],
  outcomes: ReadonlyMap<string, Outcome>,
  now: Date,
): Promise<void> {
  for (const piece of inPieces(presses)) {
    const rows = piece.map(
      ({ seq, key }) => sql`(cast(${seq} as integer), ${JSON.stringify(outcomes.get(key))})`,
    )
    await trx
      .with('settled(seq, outcome)', () => sql<{ seq: number; outcome: string }>`(values ${sql.join(rows)})`)
      .updateTable('event_press')
      .from('settled')
      .set(({ ref }) => ({
        state: 'settled' as const,
        outcome: ref('settled.outcome'),
        settled_at: now.toISOString(),
      }))
      .whereRef('event_press.seq', '=', 'settled.seq')
      .execute()
  }
}
