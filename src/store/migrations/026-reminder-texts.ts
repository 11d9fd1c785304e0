import type { Kysely } from 'kysely'

/** What a reminder says in other languages than that of its title; those that are kept already say nothing in others. */
export async function addReminderTexts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('reminder')
    .addColumn('texts', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute()
}
