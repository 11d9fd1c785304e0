import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { readReminders } from '../../src/features/reminders/records.ts'
import { scheduleAll } from '../../src/features/reminders/running/schedule.ts'
import { inPieces } from '../../src/store/in-pieces.ts'
import type { Store } from '../../src/store/store.ts'
import { localInChina } from './clock.ts'

interface Stored {
  reminders: number
  /** So many of them are due at the same minute; the others on days of the year after. */
  due: number
  dueAt: Date
  /** One for each that is due. */
  personOf(n: number): string
  organisationOf(n: number): string
}

const day = 24 * 3600_000

/** Stores reminders of one person each, and has the product find their times and set their timers. */
export async function storeReminders(
  store: Store,
  { reminders, due, dueAt, personOf, organisationOf }: Stored,
): Promise<void> {
  for (const piece of inPieces(Array.from({ length: reminders }, (_, n) => n))) {
    await store.transaction(async (trx) => {
      const now = await store.now(trx)
      const at = now.toISOString()
      const rows = piece.map((n) => {
        const first = n < due ? dueAt : new Date(dueAt.getTime() + (1 + (n % 365)) * day)
        const month = { rrule: 'FREQ=MONTHLY', from: localInChina(first), onDayOff: 'send' as const }
        const rule = n % 2 === 0 ? { type: 'rrule', ...month } : { type: 'once', at: localInChina(first) }
        return {
          ...{ id: randomUUID(), number: `TX-2026-${String(n + 1).padStart(6, '0')}`, title: '交联络记录' },
          ...{ text: '请于今日下班前提交本月联络记录。', organisation: organisationOf(n), owner: null },
          ...{ rule: JSON.stringify(rule), time_zone: 'Asia/Shanghai', means: 'know' as const, form: null },
          ...{ context: '{}', each: 1 as const, useful_for: 2880, quiet: '22:00-07:00' },
          steps: JSON.stringify([{ after: { workingHours: 8 }, to: 'again' }]),
          ...{ state: 'active' as const, reason: '', origin: null, template: null, exceptions: '{}' },
          ...{ last_key: null, next_key: null, next_at: null, provisional: 0 as const },
          ...{ created_by: null, created_at: at, changed_at: at },
        }
      })
      await trx.insertInto('reminder').values(rows).execute()
      const targets = rows.map(({ id }, index) => ({
        ...{ reminder: id, position: 0, kind: 'person' as const, person: personOf(piece[index]!) },
        ...{
          chat: null,
          role: null,
          organisation: null,
          below: 0 as const,
          problem: '',
          problem_since: null,
        },
      }))
      await trx.insertInto('reminder_target').values(targets).execute()
      const stored = await readReminders(
        trx,
        rows.map(({ id }) => id),
      )
      await scheduleAll(
        trx,
        stored.map((reminder) => ({ reminder })),
        now,
      )
    })
  }
  // As its own housekeeping does after so many rows.
  if (store.dialect === 'postgres') await store.transaction((trx) => sql`analyze`.execute(trx))
}
