import { type Kysely, sql } from 'kysely'

/** Reviews and summaries of plans as documents, as they were filed. */
export async function createPlanPapers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('plan_paper')
    .addColumn('plan', 'text', (column) => column.notNull().references('plan.id'))
    .addColumn('quarter', 'integer', (column) => column.notNull().check(sql`quarter between 0 and 4`))
    .addColumn('blob', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('plan_paper_key', ['plan', 'quarter'])
    .execute()
}
