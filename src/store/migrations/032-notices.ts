import { type Kysely, sql } from 'kysely'

/** Notices, links kept for them, and digests of groups. */
export async function createNotices(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notice')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) =>
      column.notNull().check(sql`kind in ('notice', 'strategy', 'news', 'showcase')`),
    )
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('asks', 'integer', (column) => column.notNull())
    .addColumn('until', 'text')
    .addColumn('remind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('draft', 'sent', 'ended', 'withdrawn', 'dropped')`),
    )
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('corrected_at', 'text')
    .execute()
  await db.schema
    .createIndex('notice_organisation')
    .on('notice')
    .columns(['organisation', 'made_at'])
    .execute()
  await db.schema
    .createTable('notice_file')
    .addColumn('notice', 'text', (column) => column.notNull().references('notice.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('notice_file_key', ['notice', 'position'])
    .execute()
  await db.schema
    .createTable('notice_history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('notice', 'text', (column) => column.notNull().references('notice.id'))
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('notice_history_of').on('notice_history').columns(['notice', 'at']).execute()
  await db.schema
    .createTable('notice_link')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('topic', 'text', (column) =>
      column.notNull().check(sql`topic in ('strategy', 'news', 'showcase')`),
    )
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('kept', 'used', 'dropped')`))
    .addColumn('notice', 'text', (column) => column.references('notice.id'))
    .addColumn('saved_by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('saved_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('notice_link_kept')
    .on('notice_link')
    .columns(['organisation', 'state', 'saved_at'])
    .execute()
  await db.schema
    .createTable('group_digest')
    .addColumn('chat', 'text', (column) => column.primaryKey())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('weekly', 'integer', (column) => column.notNull())
    .addColumn('monthly', 'integer', (column) => column.notNull())
    .execute()
}
