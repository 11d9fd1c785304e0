import type { IncomingFile } from '../../../chat/incoming.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import { cancelTimers } from '../../../timers/set-timer.ts'
import type { RemindersContext } from '../context.ts'
import { countOne, heldOfEach } from './each-of-group.ts'
import { keepEvidence } from './evidence.ts'
import { noteItems } from './history.ts'
import { renewCards } from './renew-cards.ts'
import { stepTimerOf } from './step-timer.ts'

/** What came of an acknowledgement: `already`: it was acknowledged or has ended before. */
export type Acknowledged = 'acknowledged' | 'already'

interface Acknowledging {
  item: string
  by: string | null
  note: string
  files?: readonly IncomingFile[]
  whole?: boolean
  now: Date
}

/** The longest that is kept of what somebody says with it. */
const longestNote = 2000

/**
 * Marks an item as acknowledged, ends its steps and snoozes, and renews every card that shows it. Where one of a target
 * answers for all, those of the others are acknowledged with it. Of a group of which each is asked it counts whoever it is by.
 * @param note What was said with 已完成, or the number of what the form made.
 * @param files What shows that it was done. Default: none.
 * @param whole For the whole group, also where each of it is asked. Default false.
 */
export async function acknowledge(
  trx: Trx,
  context: Partial<Pick<RemindersContext, 'publicUrl'>>,
  { item, by, note, files = [], whole = false, now }: Acknowledging,
): Promise<Acknowledged> {
  void context
  const said = Array.from(note).slice(0, longestNote).join('')
  const shared = whole || by === null ? null : await heldOfEach(trx, item)
  if (shared && by !== null) return countOne(trx, shared, { by, note: said, files, now })
  const closing = {
    ...{ state: 'acknowledged' as const, closed_at: now.toISOString(), closed_by: by, snoozed_until: null },
    note: said,
  }
  // The row is written where it is still open and in no other case: whoever comes second finds it closed.
  const row = await trx
    .updateTable('reminder_item')
    .set(closing)
    .where('id', '=', item)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst()
  if (!row) return 'already'
  const { each } = await trx
    .selectFrom('reminder')
    .select('each')
    .where('id', '=', row.reminder)
    .executeTakeFirstOrThrow()
  const others =
    each === 1
      ? []
      : await trx
          .updateTable('reminder_item')
          .set(closing)
          .where('run', '=', row.run)
          .where('position', '=', row.position)
          .where('state', '=', 'open')
          .returning(['id', 'reminder'])
          .execute()
  const all = [row.id, ...others.map(({ id }) => id)]
  for (const piece of inPieces(all)) await cancelTimers(trx, piece.map(stepTimerOf))
  await keepEvidence(trx, row.id, files)
  const data = note === '' ? {} : { note: said }
  await noteItems(trx, [row, ...others], { what: 'acknowledged', data, by, now })
  await renewCards(trx, all, now)
  return 'acknowledged'
}
