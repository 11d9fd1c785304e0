import { expect } from 'vitest'
import { createReminder, type ReminderDraft } from '../../src/features/reminders/making/keep-reminder.ts'
import type { Open } from '../store/each-database.ts'
import { openDutiesHouse } from './duties-house.ts'

/** An instant by the clock of China, `YYYY-MM-DDTHH:MM`. */
export const at = (local: string) => new Date(`${local}:00+08:00`)

/** A house, and reminders made in it; what was run is read from the tables, whatever cards look like. */
export async function openRunning(open: Open) {
  const house = await openDutiesHouse(open)
  const { store, people } = house
  const make = (draft: Partial<ReminderDraft> & Pick<ReminderDraft, 'rule'>) =>
    store.transaction((trx) =>
      createReminder(
        trx,
        {
          ...{ title: '交联络记录', organisation: people.branch!, owner: people.王强! },
          ...{ targets: [{ kind: 'person', person: people.李梅! }], means: { type: 'know' }, steps: [] },
          ...draft,
        },
        { by: people.王强!, now: house.time.now },
      ),
    )
  return {
    house,
    make,
    async goTo(local: string): Promise<void> {
      await house.waitUntil(at(local).toISOString())
      expect(house.errors).toEqual([])
    },
    runs: (id: string) =>
      store.db
        .selectFrom('reminder_run')
        .select(['key', 'due_at', 'outcome', 'late'])
        .where('reminder', '=', id)
        .orderBy('key')
        .execute(),
    items: (id: string) =>
      store.db.selectFrom('reminder_item').selectAll().where('reminder', '=', id).orderBy('number').execute(),
    row: (id: string) =>
      store.db.selectFrom('reminder').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  }
}

/** Runs, each as one line. */
export const said = (runs: readonly { due_at: string; outcome: string; late: number }[]) =>
  runs.map(({ due_at, outcome, late }) => `${due_at.slice(0, 16)} ${outcome}${late ? ' late' : ''}`)
