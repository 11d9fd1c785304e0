import { type Kysely, sql } from 'kysely'

/** What people are asked before it is decided, what they said with their names, and boxes of what they said without. */
export async function createConsultations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('consultation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) =>
      column.notNull().check(sql`kind in ('decision', 'project', 'renovation', 'title')`),
    )
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('questions', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('naming', 'text', (column) => column.notNull().check(sql`naming in ('signed', 'unsigned')`))
    .addColumn('until', 'text', (column) => column.notNull())
    .addColumn('remind', 'text', (column) => column.notNull())
    .addColumn('decider', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('draft', 'open', 'closed', 'decided', 'withdrawn', 'dropped')`),
    )
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('decision', 'text', (column) => column.notNull())
    .addColumn('adoption', 'text', (column) => column.notNull())
    .addColumn('adopted', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('closed_at', 'text')
    .addColumn('decided_at', 'text')
    .execute()
  const index = (name: string, table: string, columns: string[]) =>
    db.schema.createIndex(name).on(table).columns(columns).execute()
  await index('consultation_organisation', 'consultation', ['organisation', 'made_at'])
  await index('consultation_decider', 'consultation', ['decider', 'state'])
  await db.schema
    .createTable('consultation_paper')
    .addColumn('consultation', 'text', (column) => column.notNull().references('consultation.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addColumn('document', 'text')
    .addColumn('version', 'integer')
    .addPrimaryKeyConstraint('consultation_paper_key', ['consultation', 'position'])
    .execute()
  await db.schema
    .createTable('consultation_answer')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('consultation', 'text', (column) => column.notNull().references('consultation.id'))
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('said', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addUniqueConstraint('consultation_answer_once', ['consultation', 'person'])
    .execute()
  await db.schema
    .createTable('consultation_box')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('consultation', 'text', (column) => column.notNull().references('consultation.id'))
    .addColumn('sealed', 'text', (column) => column.notNull())
    .execute()
  await index('consultation_box_of', 'consultation_box', ['consultation'])
  await db.schema
    .createTable('consultation_history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('consultation', 'text', (column) => column.notNull().references('consultation.id'))
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await index('consultation_history_of', 'consultation_history', ['consultation', 'at'])
}
