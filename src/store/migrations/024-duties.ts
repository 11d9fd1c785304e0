import { type Kysely, sql } from 'kysely'

/** Duties of the guideline, reports to leaders with what was decided, rules reviewed, learning. */
export async function createDuties(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('organisation_duty')
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('duty', 'text', (column) => column.notNull())
    .addColumn('on', 'integer', (column) => column.notNull())
    .addColumn('made', 'text', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.references('person.id'))
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('organisation_duty_key', ['organisation', 'duty'])
    .execute()
  await createMeetings(db)
  await createReviews(db)
  await createLearning(db)
}

async function createMeetings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('report_meeting')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('leader', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('planned_on', 'text', (column) => column.notNull())
    .addColumn('dated_at', 'text', (column) => column.notNull())
    .addColumn('held_on', 'text')
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('agenda', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('planned', 'held', 'cancelled')`),
    )
    .addColumn('minutes', 'text', (column) => column.notNull())
    .addColumn('files', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.references('person.id'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('report_meeting_organisation')
    .on('report_meeting')
    .columns(['organisation', 'planned_on'])
    .execute()
  await db.schema
    .createTable('report_decision')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('meeting', 'text', (column) => column.notNull().references('report_meeting.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.references('person.id'))
    .addColumn('owner_name', 'text', (column) => column.notNull())
    .addColumn('due_on', 'text', (column) => column.notNull())
    .addColumn('dated_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('open', 'done', 'dropped')`))
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.references('person.id'))
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('report_decision_place', ['meeting', 'position'])
    .execute()
  await db.schema
    .createIndex('report_decision_owner')
    .on('report_decision')
    .columns(['owner', 'state'])
    .execute()
}

async function createReviews(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rules_review')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('year', 'integer', (column) => column.notNull())
    .addColumn('institutions', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('rules_review_organisation')
    .on('rules_review')
    .columns(['organisation', 'year'])
    .execute()
  await db.schema
    .createTable('rules_review_line')
    .addColumn('review', 'text', (column) => column.notNull().references('rules_review.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('document', 'text')
    .addColumn('finding', 'text', (column) =>
      column.notNull().check(sql`finding in ('in-force', 'to-change', 'missing')`),
    )
    .addColumn('note', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('rules_review_line_key', ['review', 'position'])
    .execute()
}

async function createLearning(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('learning_plan')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('year', 'integer', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('hours', 'double precision', (column) => column.notNull())
    .addColumn('topics', 'text', (column) => column.notNull())
    .addColumn('told', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    // A cadre of two organisations learns once.
    .addUniqueConstraint('learning_plan_year', ['person', 'year'])
    .execute()
  await db.schema
    .createTable('learning_record')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('topic', 'text', (column) => column.notNull())
    .addColumn('hours', 'double precision', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('learning_record_person')
    .on('learning_record')
    .columns(['person', 'day'])
    .execute()
}
