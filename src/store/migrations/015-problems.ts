import { type Kysely, sql } from 'kysely'

/** Offers to solve technical problems, milestones of what was agreed, the directory of experts. */
export async function createProblems(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('submission_offer')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('open', 'withdrawn', 'chosen', 'declined', 'ended')`),
    )
    .addColumn('entered_by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('submission_offer_number', ['submission', 'number'])
    .execute()
  // Whatever two requests do at the same moment, nobody has two offers open.
  await sql`create unique index submission_offer_open on submission_offer (submission, person)
    where state = 'open'`.execute(db)
  await db.schema.createIndex('submission_offer_person').on('submission_offer').columns(['person']).execute()
  await db.schema
    .createTable('submission_milestone')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('due_day', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('open', 'reported', 'accepted', 'dropped')`),
    )
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('remark', 'text', (column) => column.notNull())
    .addColumn('accepted_by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('submission_milestone_number', ['submission', 'number'])
    .execute()
  await db.schema
    .createIndex('submission_milestone_owner')
    .on('submission_milestone')
    .columns(['owner', 'state'])
    .execute()
  await db.schema
    .createTable('submission_expert')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('root', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull())
    .addColumn('fields', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) =>
      column.notNull().check(sql`source in ('self', 'cadre', 'import')`),
    )
    .addColumn('consent', 'integer', (column) => column.notNull().check(sql`consent in (0, 1)`))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('registered', 'approved', 'retired')`),
    )
    .addColumn('entered_by', 'text', (column) => column.references('person.id'))
    .addColumn('settled_by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('submission_expert_person', ['root', 'person'])
    .execute()
  await db.schema
    .createTable('submission_invitation')
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('expert', 'text', (column) => column.notNull().references('submission_expert.id'))
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('asked', 'declined')`))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('invited_by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('answered_at', 'text')
    .addPrimaryKeyConstraint('submission_invitation_key', ['submission', 'expert'])
    .execute()
}
