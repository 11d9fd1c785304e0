import type { Kysely } from 'kysely'

/** Files that are sent in with what was done. */
export async function createReminderEvidence(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reminder_evidence')
    .addColumn('item', 'text', (column) => column.notNull().references('reminder_item.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('reminder_evidence_key', ['item', 'position'])
    .execute()
}
