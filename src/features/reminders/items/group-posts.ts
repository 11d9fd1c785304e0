import { randomUUID } from 'node:crypto'
import type { Conversation } from '../../../chat/incoming.ts'
import { enqueueMany } from '../../../delivery/outbox.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimers } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { keepCards, type ShownCard } from './cards-kept.ts'
import { groupCard } from './group-card.ts'
import { keepLooking } from './late-cards.ts'
import { quietUntil } from './telling-time.ts'
import { takeBackUnsent } from './unsent-cards.ts'
import { type ItemOf, type ItemView, readItems, withNames } from './views.ts'

/** The kind of the timers by which a group is told after its quiet hours. */
export const groupTimer = 'reminders.tell-group'

/**
 * Shows items of groups in their groups, one message for each run and target; in quiet hours after them.
 * @param items of runs as a whole: a message shows all items that it is about.
 * @param first As `tellHolders` has it.
 */
export async function postToGroups(
  trx: Trx,
  items: readonly ItemOf[],
  { now, first = false }: { now: Date; first?: boolean },
): Promise<void> {
  const posts = [...Map.groupBy(await withNames(trx, items), placeOf).values()]
  const cards: ShownCard[] = []
  const later: { run: string; position: number; at: Date }[] = []
  for (const views of posts) {
    const [{ row, reminder }] = views as [ItemView, ...ItemView[]]
    const until = quietUntil(reminder.quiet, reminder.time_zone, now)
    if (until) {
      later.push({ run: row.run, position: row.position, at: until })
      continue
    }
    const conversation = JSON.parse(row.chat!) as Conversation
    const reader = { language: 'zh-CN' as const, zone: reminder.time_zone, now }
    cards.push({
      message: first ? `reminded-group:${placeOf({ row })}` : `reminded-group:${randomUUID()}`,
      to: { type: 'conversation', conversation },
      card: groupCard(views, reader),
      ...{ kind: 'group', person: null, run: row.run },
      items: views.map((view) => view.row.id),
    })
  }
  if (cards.length > 0) await keepLooking(trx, now)
  if (!first) {
    const items = cards.flatMap((card) => card.items)
    await takeBackUnsent(trx, items, [null])
  }
  await enqueueMany(
    trx,
    cards.map(({ message, to, card }) => ({ id: message, to, card, lane: 'reminder', now })),
  )
  await keepCards(trx, cards, now)
  for (const piece of inPieces(cards.flatMap((card) => card.items))) {
    await trx
      .updateTable('reminder_item')
      .set({ told_at: now.toISOString() })
      .where('id', 'in', piece)
      .where('state', '=', 'open')
      .where('snoozed_until', 'is', null)
      .execute()
  }
  await setTimers(
    trx,
    later.map(({ run, position, at }) => ({
      ...{ id: groupTimerOf(run, position), kind: groupTimer, at, now },
      payload: { run, position: String(position) },
    })),
  )
}

/** Has groups told of what was put off until then. */
export async function postBy(
  trx: Trx,
  items: readonly { run: string; position: number; until: Date }[],
  now: Date,
): Promise<void> {
  await setTimers(
    trx,
    items.map(({ run, position, until }) => ({
      ...{ id: groupTimerOf(run, position), kind: groupTimer, at: until, now },
      payload: { run, position: String(position) },
    })),
  )
}

/** Shows the items of a run in its group again, as far as one is still open. */
export const postAgain: TimerHandler = async (trx, { run = '', position = '' }, now) => {
  // What was put off until now is put off no more.
  await trx
    .updateTable('reminder_item')
    .set({ snoozed_until: null })
    .where('run', '=', run)
    .where('position', '=', Number(position))
    .where('person', 'is', null)
    .where('snoozed_until', '<=', now.toISOString())
    .execute()
  const rows = await trx
    .selectFrom('reminder_item')
    .select(['id', 'state', 'person', 'snoozed_until'])
    .where('run', '=', run)
    .where('position', '=', Number(position))
    .where('chat', 'is not', null)
    .execute()
  if (!rows.some(({ state }) => state === 'open')) return
  const put = rows.find((row) => row.person === null && row.state === 'open')?.snoozed_until
  if (put) return postBy(trx, [{ run, position: Number(position), until: new Date(put) }], now)
  const items = await readItems(
    trx,
    rows.map(({ id }) => id),
  )
  if (items[0]?.reminder.state === 'paused') return
  await postToGroups(trx, items, { now })
}

/** Of the timer of a run's target. */
export function groupTimerOf(run: string, position: number): string {
  return `${groupTimer}:${run}:${position}`
}

const placeOf = ({ row }: Pick<ItemOf, 'row'>) => `${row.run}:${row.position}`
