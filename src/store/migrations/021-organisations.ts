import { type Kysely, sql } from 'kysely'

/** What is known of an organisation: its association, its science and technology workers, its founding. */
export async function createProfiles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('organisation_profile')
    .addColumn('organisation', 'text', (column) => column.primaryKey().references('organisation.id'))
    .addColumn('region', 'text', (column) => column.notNull())
    .addColumn('industry', 'text', (column) => column.notNull())
    .addColumn('employees', 'integer', (column) => column.check(sql`employees >= 0`))
    .addColumn('st_workers', 'integer', (column) => column.check(sql`st_workers >= 0`))
    .addColumn('st_counted_on', 'text')
    .addColumn('association', 'text', (column) =>
      column.notNull().check(sql`association in ('none', 'preparing', 'founded')`),
    )
    .addColumn('mode', 'text', (column) =>
      column.check(sql`mode in ('standalone', 'regional', 'industry', 'hosted')`),
    )
    .addColumn('founded_on', 'text')
    .addColumn('term_ends_on', 'text')
    .addColumn('chair', 'text', (column) => column.notNull())
    .addColumn('secretary', 'text', (column) => column.notNull())
    .addColumn('chair_person', 'text', (column) => column.references('person.id'))
    .addColumn('secretary_person', 'text', (column) => column.references('person.id'))
    .addColumn('members', 'integer', (column) => column.check(sql`members >= 0`))
    .addColumn('has_organisation', 'integer', (column) =>
      column.notNull().check(sql`has_organisation in (0, 1)`),
    )
    .addColumn('has_premises', 'integer', (column) => column.notNull().check(sql`has_premises in (0, 1)`))
    .addColumn('has_staff', 'integer', (column) => column.notNull().check(sql`has_staff in (0, 1)`))
    .addColumn('has_funds', 'integer', (column) => column.notNull().check(sql`has_funds in (0, 1)`))
    .addColumn('has_activities', 'integer', (column) => column.notNull().check(sql`has_activities in (0, 1)`))
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.references('person.id'))
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('organisation_profile_history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('how', 'text', (column) => column.notNull().check(sql`how in ('form', 'import', 'founding')`))
    .addColumn('changes', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('organisation_profile_history_at')
    .on('organisation_profile_history')
    .columns(['organisation', 'at'])
    .execute()
  await createFounding(db)
}

async function createFounding(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('founding_case')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('mode', 'text', (column) =>
      column.notNull().check(sql`mode in ('standalone', 'regional', 'industry', 'hosted')`),
    )
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('running', 'founded', 'stopped')`),
    )
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('begun_on', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.references('person.id'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute()
  // Two people who begin at once do not found an association twice.
  await sql`create unique index founding_case_running on founding_case (organisation)
    where state = 'running'`.execute(db)
  await db.schema
    .createIndex('founding_case_organisation')
    .on('founding_case')
    .column('organisation')
    .execute()
  await db.schema
    .createTable('founding_step')
    .addColumn('founding', 'text', (column) => column.notNull().references('founding_case.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.references('person.id'))
    .addColumn('due_on', 'text', (column) => column.notNull())
    .addColumn('done_on', 'text')
    .addColumn('done_by', 'text', (column) => column.references('person.id'))
    .addColumn('note', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('founding_step_key', ['founding', 'position'])
    .execute()
  await db.schema
    .createTable('founding_history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('founding', 'text', (column) => column.notNull().references('founding_case.id'))
    .addColumn('what', 'text', (column) =>
      column.notNull().check(sql`what in ('begun', 'done', 'owner', 'founded', 'stopped')`),
    )
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('founding_history_at')
    .on('founding_history')
    .columns(['founding', 'at'])
    .execute()
}
