import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import type { RemindersContext } from '../context.ts'
import type { ItemRow, Reminder } from '../records.ts'
import { closeLater } from './close-each.ts'
import { endThese } from './end-items.ts'
import { postBy, postToGroups } from './group-posts.ts'
import { readHolders } from './holders.ts'
import { keepResending } from './resend.ts'
import { setSteps } from './steps.ts'
import { tellBy, tellHolders } from './tell.ts'

/** An item that was just opened, with what it is of. */
export interface OpenedItem {
  row: ItemRow
  reminder: Reminder
  /** Its run is so late that the card says so. */
  late: boolean
  /** When it was due. */
  dueAt: Date
}

/**
 * Tells whoever has the items, in few statements: a card each, one digest where somebody gets several at once, one card for a
 * group; not in quiet hours and not on leave (told after them). Sets the timers of the first steps. Called in the
 * transaction that opened the items. What the same people still had open of the same reminders ends: nobody has two of one.
 */
export async function showNew(
  trx: Trx,
  context: RemindersContext,
  items: readonly OpenedItem[],
  now: Date,
): Promise<void> {
  void context
  const snoozed = await replaceOlder(trx, items, now)
  const opened = items.map((item) => ({
    ...{ late: item.late, dueAt: item.dueAt, reminder: item.reminder.row },
    row: { ...item.row, snoozed_until: snoozed.get(item.row.id) ?? null },
  }))
  const people = opened.flatMap(({ row }) => row.person ?? [])
  const holders = await readHolders(trx, people, now)
  const quiet = opened.filter(({ row }) => row.snoozed_until !== null)
  for (const { row } of quiet) {
    await trx
      .updateTable('reminder_item')
      .set({ snoozed_until: row.snoozed_until })
      .where('id', '=', row.id)
      .execute()
  }
  const ends = quiet.flatMap(({ row }) =>
    row.person === null ? [] : [[row.person, new Date(row.snoozed_until!)] as const],
  )
  await tellBy(trx, new Map(ends), now)
  const shared = quiet.flatMap(({ row }) =>
    row.person === null ? [{ ...row, until: new Date(row.snoozed_until!) }] : [],
  )
  await postBy(trx, shared, now)
  const loud = opened.filter(({ row }) => row.snoozed_until === null)
  await tellHolders(
    trx,
    loud.filter(({ row }) => row.chat === null),
    holders,
    { now, first: true },
  )
  await postToGroups(
    trx,
    // What a group has put off is no message of its own yet; one person's delay hides nothing from the others.
    opened.filter(({ row }) => row.chat !== null && (row.person !== null || row.snoozed_until === null)),
    { now, first: true },
  )
  await setSteps(trx, opened, holders, now)
  await closeLater(trx, opened, now)
  await keepResending(trx, now)
}

/**
 * Ends what the same people, or the same group, still have open of the same reminders. Gives until when the old ones were
 * put off, by the new item's id.
 */
async function replaceOlder(trx: Trx, items: readonly OpenedItem[], now: Date): Promise<Map<string, string>> {
  const fresh = new Map(items.map(({ row }) => [keyOf(row), row.id]))
  const ids = new Set(fresh.values())
  const older: ItemRow[] = []
  for (const piece of inPieces([...new Set(items.map(({ row }) => row.reminder))])) {
    const rows = await trx
      .selectFrom('reminder_item')
      .selectAll()
      .where('reminder', 'in', piece)
      .where('state', '=', 'open')
      .execute()
    older.push(...rows.filter((row) => fresh.has(keyOf(row)) && !ids.has(row.id)))
  }
  await endThese(
    trx,
    older.map(({ id }) => id),
    'reminding:ended.replaced',
    now,
  )
  const at = now.toISOString()
  return new Map(
    older.flatMap((row) =>
      row.snoozed_until !== null && row.snoozed_until > at
        ? [[fresh.get(keyOf(row))!, row.snoozed_until] as const]
        : [],
    ),
  )
}

/** Whose item of which reminder it is. */
function keyOf({ reminder, person, chat }: ItemRow): string {
  return JSON.stringify([reminder, person ?? chat])
}
