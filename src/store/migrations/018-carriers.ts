import { type Kysely, sql } from 'kysely'

/** Service carriers on organisations: what was agreed with partners, and what came of it. */
export async function createCarriers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('carrier_entry')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) =>
      column
        .notNull()
        .check(sql`kind in ('society-station', 'academician-station', 'alliance', 'haizhi-base')`),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('partner', 'text', (column) => column.notNull())
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('level', 'text', (column) =>
      column.check(sql`level in ('national', 'provincial', 'municipal', 'county', 'enterprise')`),
    )
    .addColumn('starts_on', 'text', (column) => column.notNull())
    .addColumn('ends_on', 'text', (column) => column.notNull())
    .addColumn('tasks', 'text', (column) => column.notNull())
    .addColumn('contact_person', 'text', (column) => column.references('person.id'))
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('active', 'ended', 'revoked')`),
    )
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('expiry_handled_for', 'text')
    .addColumn('dormant_handled_on', 'text')
    .addColumn('created_by', 'text', (column) => column.references('person.id'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('carrier_entry_name', ['organisation', 'kind', 'name'])
    .addCheckConstraint('carrier_entry_contract', sql`starts_on <= ends_on`)
    .execute()
  await db.schema.createIndex('carrier_entry_end').on('carrier_entry').columns(['state', 'ends_on']).execute()
  await db.schema.createIndex('carrier_entry_contact').on('carrier_entry').column('contact_person').execute()
  await createLists(db)
  await createCourse(db)
}

const ofCarrier = 'carrier_entry.id'

async function createLists(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('carrier_need')
    .addColumn('carrier', 'text', (column) => column.notNull().references(ofCarrier))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('carrier_need_key', ['carrier', 'position'])
    .execute()
  await db.schema
    .createTable('carrier_expert')
    .addColumn('carrier', 'text', (column) => column.notNull().references(ofCarrier))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('academician', 'text', (column) =>
      column.notNull().check(sql`academician in ('none', 'working', 'retired')`),
    )
    .addPrimaryKeyConstraint('carrier_expert_key', ['carrier', 'position'])
    .execute()
  // An academician is counted over all stations.
  await sql`create index carrier_expert_academician on carrier_expert (name)
    where academician <> 'none'`.execute(db)
}

async function createCourse(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('carrier_outcome')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('carrier', 'text', (column) => column.notNull().references(ofCarrier))
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('carrier_outcome_day')
    .on('carrier_outcome')
    .columns(['carrier', 'day'])
    .execute()
  await db.schema
    .createTable('carrier_grade')
    .addColumn('carrier', 'text', (column) => column.notNull().references(ofCarrier))
    .addColumn('year', 'integer', (column) => column.notNull())
    .addColumn('score', 'double precision', (column) => column.notNull().check(sql`score between 0 and 100`))
    .addColumn('grade', 'text', (column) =>
      column.notNull().check(sql`grade in ('excellent', 'good', 'passed', 'failed')`),
    )
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('carrier_grade_key', ['carrier', 'year'])
    .execute()
  await db.schema
    .createTable('carrier_history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('carrier', 'text', (column) => column.notNull().references(ofCarrier))
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('carrier_history_carrier')
    .on('carrier_history')
    .columns(['carrier', 'at'])
    .execute()
}
