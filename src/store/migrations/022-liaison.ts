import { type Kysely, sql } from 'kysely'

/** Who looks after whom, visits, promises. */
export async function createLiaison(db: Kysely<unknown>): Promise<void> {
  await createHolders(db)
  await createVisits(db)
  await db.schema
    .createTable('liaison_history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('liaison_history_organisation')
    .on('liaison_history')
    .columns(['organisation', 'at'])
    .execute()
}

async function createHolders(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('liaison_holder')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('role', 'text', (column) =>
      column.notNull().check(sql`role in ('instructor', 'liaison', 'contact')`),
    )
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('from_day', 'text', (column) => column.notNull())
    .addColumn('until_day', 'text')
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('liaison_holder_organisation')
    .on('liaison_holder')
    .columns(['organisation', 'role'])
    .execute()
  await db.schema.createIndex('liaison_holder_person').on('liaison_holder').column('person').execute()
  await db.schema
    .createTable('liaison_duty')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('duty', 'text', (column) => column.notNull())
    .addColumn('holder', 'text', (column) => column.notNull().references('liaison_holder.id'))
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('times', 'integer', (column) => column.notNull().check(sql`times between 1 and 12`))
    .addColumn('from_day', 'text', (column) => column.notNull())
    .addColumn('ended_on', 'text')
    .addUniqueConstraint('liaison_duty_holder', ['holder', 'duty'])
    .execute()
  await db.schema.createIndex('liaison_duty_organisation').on('liaison_duty').column('organisation').execute()
  await db.schema
    .createTable('liaison_frequency')
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('duty', 'text', (column) => column.notNull())
    .addColumn('times', 'integer', (column) => column.notNull().check(sql`times between 1 and 12`))
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('liaison_frequency_key', ['organisation', 'duty'])
    .execute()
}

const ofVisit = 'liaison_visit.id'

async function createVisits(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('liaison_visit')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('visit', 'call', 'report')`))
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('people', 'text', (column) => column.notNull())
    .addColumn('summary', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('item', 'text')
    .execute()
  await db.schema
    .createIndex('liaison_visit_day')
    .on('liaison_visit')
    .columns(['organisation', 'day'])
    .execute()
  await db.schema
    .createTable('liaison_need')
    .addColumn('visit', 'text', (column) => column.notNull().references(ofVisit))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('submission', 'text')
    .addPrimaryKeyConstraint('liaison_need_key', ['visit', 'position'])
    .execute()
  await db.schema
    .createTable('liaison_promise')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('visit', 'text', (column) => column.notNull().references(ofVisit))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('due_day', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('open', 'kept', 'dropped')`))
    .addColumn('done_on', 'text')
    .addColumn('note', 'text', (column) => column.notNull())
    .addUniqueConstraint('liaison_promise_place', ['visit', 'position'])
    .execute()
  await db.schema
    .createIndex('liaison_promise_owner')
    .on('liaison_promise')
    .columns(['owner', 'state'])
    .execute()
  await db.schema
    .createTable('liaison_photo')
    .addColumn('visit', 'text', (column) => column.notNull().references(ofVisit))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('liaison_photo_key', ['visit', 'position'])
    .execute()
}
