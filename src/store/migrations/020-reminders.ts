import { type Kysely, sql } from 'kysely'

/** Reminders: whom, when, and who has acknowledged. */
export async function createReminders(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reminder')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('owner', 'text', (column) => column.references('person.id'))
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('time_zone', 'text', (column) => column.notNull())
    .addColumn('means', 'text', (column) => column.notNull().check(sql`means in ('know', 'done', 'form')`))
    .addColumn('form', 'text')
    .addColumn('context', 'text', (column) => column.notNull())
    .addColumn('each', 'integer', (column) => column.notNull().check(sql`each in (0, 1)`))
    .addColumn('steps', 'text', (column) => column.notNull())
    .addColumn('useful_for', 'integer', (column) => column.notNull().check(sql`useful_for >= 0`))
    .addColumn('quiet', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('draft', 'active', 'paused', 'ended')`),
    )
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.unique())
    .addColumn('template', 'text')
    .addColumn('exceptions', 'text', (column) => column.notNull())
    .addColumn('last_key', 'text')
    .addColumn('next_key', 'text')
    .addColumn('next_at', 'text')
    .addColumn('provisional', 'integer', (column) => column.notNull().check(sql`provisional in (0, 1)`))
    .addColumn('created_by', 'text', (column) => column.references('person.id'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addCheckConstraint('reminder_form', sql`(means = 'form') = (form is not null)`)
    .addCheckConstraint('reminder_next', sql`(next_key is null) = (next_at is null)`)
    .execute()
  await db.schema
    .createIndex('reminder_organisation')
    .on('reminder')
    .columns(['organisation', 'state'])
    .execute()
  await db.schema.createIndex('reminder_owner').on('reminder').columns(['owner', 'state']).execute()
  await db.schema
    .createTable('reminder_target')
    .addColumn('reminder', 'text', (column) => column.notNull().references('reminder.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('chat', 'person', 'role')`))
    .addColumn('chat', 'text')
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('role', 'text')
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('below', 'integer', (column) => column.notNull().check(sql`below in (0, 1)`))
    .addColumn('problem', 'text', (column) => column.notNull())
    .addColumn('problem_since', 'text')
    .addPrimaryKeyConstraint('reminder_target_key', ['reminder', 'position'])
    .execute()
  await createCourse(db)
  await createCards(db)
}

const ofReminder = 'reminder.id'

async function createCourse(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reminder_run')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('reminder', 'text', (column) => column.notNull().references(ofReminder))
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('ran_at', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) =>
      column.notNull().check(sql`outcome in ('sent', 'missed', 'skipped', 'nobody')`),
    )
    .addColumn('late', 'integer', (column) => column.notNull().check(sql`late in (0, 1)`))
    .addUniqueConstraint('reminder_run_key', ['reminder', 'key'])
    .execute()
  await db.schema
    .createTable('reminder_item')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('run', 'text', (column) => column.notNull().references('reminder_run.id'))
    .addColumn('reminder', 'text', (column) => column.notNull().references(ofReminder))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('chat', 'text')
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('open', 'acknowledged', 'handed-over', 'ended')`),
    )
    .addColumn('opened_at', 'text', (column) => column.notNull())
    .addColumn('closed_at', 'text')
    .addColumn('closed_by', 'text', (column) => column.references('person.id'))
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('handed_to', 'text', (column) => column.references('reminder_item.id'))
    .addColumn('snoozed_until', 'text')
    .addColumn('step', 'integer', (column) => column.notNull())
    .addColumn('told_at', 'text')
    .execute()
  await db.schema
    .createIndex('reminder_item_person')
    .on('reminder_item')
    .columns(['person', 'state'])
    .execute()
  await db.schema.createIndex('reminder_item_run').on('reminder_item').column('run').execute()
  await db.schema
    .createIndex('reminder_item_reminder')
    .on('reminder_item')
    .columns(['reminder', 'state'])
    .execute()
  await db.schema
    .createTable('reminder_history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('reminder', 'text', (column) => column.notNull().references(ofReminder))
    .addColumn('item', 'text', (column) => column.references('reminder_item.id'))
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('reminder_history_reminder')
    .on('reminder_history')
    .columns(['reminder', 'at'])
    .execute()
}

async function createCards(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reminder_card')
    .addColumn('message', 'text', (column) => column.primaryKey())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) =>
      column.notNull().check(sql`kind in ('item', 'group', 'digest', 'above')`),
    )
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('run', 'text', (column) => column.references('reminder_run.id'))
    .addColumn('sent_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('waiting', 'live', 'pointer', 'over')`),
    )
    .execute()
  await db.schema.createIndex('reminder_card_run').on('reminder_card').column('run').execute()
  await db.schema
    .createIndex('reminder_card_sent')
    .on('reminder_card')
    .columns(['state', 'sent_at'])
    .execute()
  await db.schema
    .createTable('reminder_card_item')
    .addColumn('message', 'text', (column) => column.notNull().references('reminder_card.message'))
    .addColumn('item', 'text', (column) => column.notNull().references('reminder_item.id'))
    .addPrimaryKeyConstraint('reminder_card_item_key', ['message', 'item'])
    .execute()
  await db.schema.createIndex('reminder_card_item_item').on('reminder_card_item').column('item').execute()
}
