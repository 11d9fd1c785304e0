import { type Kysely, sql } from 'kysely'

/** How campaigns are judged: what places among equals are decided by, notices of awards, objections, certificates. */
export async function createJudging(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('campaign_entry').addColumn('benefit', 'integer').execute()
  await db.schema.alterTable('campaign_entry').addColumn('criteria', 'text').execute()
  await db.schema.alterTable('campaign_award').addColumn('file', 'text').execute()
  await db.schema
    .createTable('campaign_judging')
    .addColumn('campaign', 'text', (column) => column.primaryKey().references('campaign.id'))
    .addColumn('ties', 'text', (column) => column.notNull().check(sql`ties in ('resolved', 'shared')`))
    .addColumn('ended_at', 'text')
    .addColumn('notice_until', 'text')
    .addColumn('stopped_at', 'text')
    .addColumn('confirmed_by', 'text', (column) => column.references('person.id'))
    .addColumn('confirmed_at', 'text')
    .execute()
  await db.schema
    .createTable('campaign_objection')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('campaign', 'text', (column) => column.notNull().references('campaign.id'))
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('open', 'upheld', 'rejected')`),
    )
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('settled_by', 'text', (column) => column.references('person.id'))
    .addColumn('settled_at', 'text')
    .execute()
  await db.schema
    .createIndex('campaign_objection_campaign')
    .on('campaign_objection')
    .columns(['campaign', 'state'])
    .execute()
}
