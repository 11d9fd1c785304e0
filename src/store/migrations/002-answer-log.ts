import { type Kysely, sql } from 'kysely'

/** Answers given, what people thought of them, and the questions that got none. */
export async function createAnswerLog(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('answer_given')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('refused', 'integer', (column) => column.notNull().check(sql`refused in (0, 1)`))
    .addColumn('citations', 'text', (column) => column.notNull())
    .addColumn('nearest_document', 'text')
    .addColumn('nearest_key', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('feedback')
    .addColumn('answer', 'text', (column) => column.notNull().references('answer_given.id'))
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull().check(sql`verdict in ('up', 'down')`))
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('feedback_key', ['answer', 'account'])
    .execute()
  await db.schema
    .createTable('gap')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('answer', 'text', (column) => column.notNull().unique().references('answer_given.id'))
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('normalised', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('nearest_document', 'text')
    .addColumn('nearest_key', 'text')
    .addColumn('wants_person', 'integer', (column) => column.notNull().check(sql`wants_person in (0, 1)`))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('gap_normalised').on('gap').columns(['normalised']).execute()
}
