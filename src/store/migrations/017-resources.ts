import { type Kysely, sql } from 'kysely'

/** The directory of open science resources, their bookings, and requests of outside units. */
export async function createResources(db: Kysely<unknown>): Promise<void> {
  await createEntries(db)
  await createBookings(db)
}

async function createEntries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('resource_entry')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('subjects', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('owner', 'text', (column) => column.references('person.id'))
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('region', 'text', (column) => column.notNull())
    .addColumn('share', 'text', (column) =>
      column.notNull().check(sql`share in ('own', 'house', 'region', 'public')`),
    )
    .addColumn('time_zone', 'text', (column) => column.notNull())
    .addColumn('hours', 'text', (column) => column.notNull())
    .addColumn('on_working_days', 'integer', (column) =>
      column.notNull().check(sql`on_working_days in (0, 1)`),
    )
    .addColumn('lead_days', 'integer', (column) => column.notNull().check(sql`lead_days >= 0`))
    .addColumn('most_people', 'integer', (column) => column.notNull().check(sql`most_people > 0`))
    .addColumn('most_a_day', 'integer')
    .addColumn('together', 'integer')
    .addColumn('rules', 'text', (column) => column.notNull())
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('photo', 'text')
    .addColumn('photo_type', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('open', 'paused', 'retired')`),
    )
    .addColumn('created_by', 'text', (column) => column.references('person.id'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('resource_entry_organisation')
    .on('resource_entry')
    .columns(['organisation', 'state'])
    .execute()
  await db.schema.createIndex('resource_entry_changed').on('resource_entry').column('changed_at').execute()
  await sql`create index resource_entry_owner on resource_entry (owner) where owner is not null`.execute(db)
  await db.schema
    .createTable('resource_closed_day')
    .addColumn('resource', 'text', (column) => column.notNull().references('resource_entry.id'))
    .addColumn('day', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('resource_closed_day_key', ['resource', 'day'])
    .execute()
  await db.schema
    .createTable('resource_region')
    .addColumn('organisation', 'text', (column) => column.primaryKey().references('organisation.id'))
    .addColumn('region', 'text', (column) => column.notNull())
    .execute()
}

async function createBookings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('resource_booking')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('resource', 'text', (column) => column.notNull().references('resource_entry.id'))
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('details', 'text', (column) => column.notNull())
    .addColumn('people', 'integer', (column) => column.notNull().check(sql`people > 0`))
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('starts_at', 'text', (column) => column.notNull())
    .addColumn('ends_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column
        .notNull()
        .check(
          sql`state in ('requested', 'proposed', 'confirmed', 'declined', 'withdrawn', 'cancelled', 'expired', 'over')`,
        ),
    )
    .addColumn('holds', 'integer', (column) => column.notNull().check(sql`holds in (0, 1)`))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('receipt_hash', 'text')
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('rating', 'integer', (column) => column.check(sql`rating between 1 and 5`))
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('settled_by', 'text', (column) => column.references('person.id'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addCheckConstraint('resource_booking_times', sql`starts_at < ends_at`)
    .execute()
  await db.schema
    .createIndex('resource_booking_day')
    .on('resource_booking')
    .columns(['resource', 'day', 'state'])
    .execute()
  await db.schema
    .createIndex('resource_booking_state')
    .on('resource_booking')
    .columns(['state', 'starts_at'])
    .execute()
  await sql`create index resource_booking_person on resource_booking (person, state)
    where person is not null`.execute(db)
  await db.schema
    .createTable('resource_asked')
    .addColumn('booking', 'text', (column) => column.notNull().references('resource_booking.id'))
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('message', 'text')
    .addPrimaryKeyConstraint('resource_asked_key', ['booking', 'person'])
    .execute()
  await db.schema.createIndex('resource_asked_person').on('resource_asked').column('person').execute()
  await db.schema
    .createTable('resource_history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('booking', 'text', (column) => column.notNull().references('resource_booking.id'))
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('resource_history_booking')
    .on('resource_history')
    .columns(['booking', 'at'])
    .execute()
}
