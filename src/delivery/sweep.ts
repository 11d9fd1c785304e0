import type { Trx } from '../store/store.ts'

const day = 24 * 3600_000
/** How long an edit and what was never sent are known: as long as a platform may deliver an event again. */
const keptFor = 8 * day
/** How long a message can be edited, without its card: a question may be answered weeks after it was put to somebody. */
const editableFor = 30 * day
/** How long an entry of a calendar can be moved or removed: events are announced long before. */
const entryKeptFor = 366 * day
/** Counts of calls are kept for a year. */
const callsKeptFor = 366 * day

/** Forgets what was sent long ago. Dead letters stay until somebody sends them again or drops them. */
export async function sweepOutbox(trx: Trx, now: Date): Promise<void> {
  const before = (age: number) => new Date(now.getTime() - age).toISOString()
  await trx
    .deleteFrom('outbox')
    .where('state', 'in', ['sent', 'superseded'])
    .where('created_at', '<', before(keptFor))
    .where(({ or, and, eb }) =>
      or([
        eb('sent_at', 'is', null),
        and([eb('operation', '=', 'edit'), eb('sent_at', '<', before(keptFor))]),
        eb('sent_at', '<', before(editableFor)),
      ]),
    )
    .where(({ or, eb }) =>
      or([
        eb('recipient', 'not like', '{"type":"calendar"%'),
        eb('operation', '=', 'edit'),
        eb('state', '=', 'superseded'),
        eb('sent_at', '<', before(entryKeptFor)),
      ]),
    )
    // An edit that still waits needs to know its message.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as edit')
            .select('edit.seq')
            .whereRef('edit.of', '=', 'outbox.id')
            .where('edit.state', '=', 'waiting'),
        ),
      ),
    )
    .execute()
  await trx.deleteFrom('outbox_pace').where('next_at', '<', before(0)).execute()
  await trx.deleteFrom('outbox_calls').where('month', '<', before(callsKeptFor).slice(0, 7)).execute()
}
