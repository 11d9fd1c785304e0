import { enqueue, enqueueMany, type OutgoingMessage } from '../../../delivery/outbox.ts'
import { addressOf } from '../../../people/address.ts'
import { readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { activeStates, type Event, findEvent, registersWith } from '../records.ts'
import { addressesOfRegistrants } from '../registering/registrant.ts'
import type { Notice } from './notice.ts'
import { noticeCard, toldCard } from './notice-cards.ts'

/** How many are told in one transaction: others register meanwhile. */
const batch = 200

/** Where the telling stands, as the timer carries it. */
interface Progress {
  notice: Notice
  /** Who changed it and is told at the end; null: nobody. */
  by: string | null
  /** When it was changed: whoever registered later knows. */
  at: string
  /** The one that holds since: whoever is registered with an earlier one is told, whatever the clocks say. */
  arrangement: number
  /** The registration that was told last. */
  after: string
  told: number
  /** Without an account: of the public. */
  unreached: number
}

/**
 * Has everybody told who is registered, alone, a few in each transaction, beginning as soon as this one is kept.
 * @param by Who changed it, told at the end how many got it; null: nobody is.
 */
export async function tellOfChange(
  trx: Trx,
  event: Event,
  notice: Notice,
  { by, now }: { by: string | null; now: Date },
): Promise<void> {
  const at = now.toISOString()
  const { arrangement } = event.row
  await goOn(trx, event, { notice, by, at, arrangement, after: '', told: 0, unreached: 0 }, now)
}

async function goOn(trx: Trx, { row }: Event, progress: Progress, now: Date): Promise<void> {
  await setTimer(trx, {
    id: `event told ${row.id} ${row.sequence} ${progress.after}`,
    kind: 'events.tell-of-change',
    payload: { event: row.id, sequence: String(row.sequence), progress: JSON.stringify(progress) },
    ...{ at: now, now },
  })
}

/** Tells the next few. */
export const tellingOfChange: TimerHandler = async (trx, payload, now) => {
  const event = await findEvent(trx, payload.event ?? '')
  if (!event) return
  const progress = JSON.parse(payload.progress ?? '') as Progress
  const { notice } = progress
  // Who is told that it is called off need not be told what else was to change.
  if (notice.type === 'changed' && event.row.state !== 'published') return
  const rows = await nextOf(trx, event, progress)
  const addresses = await addressesOfRegistrants(trx, rows)
  const messages: OutgoingMessage[] = []
  for (const row of rows) {
    const to = addresses.get(row.id)
    if (!to) continue
    const id = `event ${event.row.id} ${payload.sequence} ${row.id}`
    messages.push({ id, to, card: noticeCard(event, notice, row, now), lane: 'reminder', now })
  }
  await enqueueMany(trx, messages)
  const told = progress.told + messages.length
  const unreached = progress.unreached + rows.length - messages.length
  if (rows.length === batch) {
    const done = { ...progress, after: rows.at(-1)!.id, told, unreached }
    return goOn(trx, { ...event, row: { ...event.row, sequence: Number(payload.sequence) } }, done, now)
  }
  await tellOrganiser(trx, event, { ...progress, told, unreached }, now)
}

/** Those who come or may come yet, and of an event that was called off those who ceased to by that. */
function nextOf(trx: Trx, event: Event, { notice, at, arrangement, after }: Progress) {
  return trx
    .selectFrom('event_registration')
    .selectAll()
    .where('event', '=', registersWith(event))
    .where('id', '>', after)
    .where((where) => {
      const active = where('state', 'in', activeStates)
      if (notice.type === 'changed') {
        // Of two that happened at the same moment the arrangement says which came first.
        const knewOther = notice.again
          ? where.or([where('created_at', '<', at), where('arrangement', '<', arrangement)])
          : where('created_at', '<=', at)
        return where.and([active, knewOther])
      }
      return where.or([active, where.and([where('state', '=', 'expired'), where('changed_at', '=', at)])])
    })
    .orderBy('id')
    .limit(batch)
    .execute()
}

async function tellOrganiser(trx: Trx, event: Event, progress: Progress, now: Date): Promise<void> {
  const { by, told, unreached, at } = progress
  if (by === null || told + unreached === 0) return
  const to = await addressOf(trx, by)
  if (!to) return
  const language = (await readPerson(trx, by))?.language ?? 'zh-CN'
  const card = toldCard(event, { told, unreached }, language)
  await enqueue(trx, { id: `event told ${event.row.id} ${at}`, to, card, lane: 'confirmation', now })
}
