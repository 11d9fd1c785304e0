import { type Kysely, sql } from 'kysely'

/** Files that the bot hands over, what platforms call them, and tables that are kept in step outside. */
export async function createDocuments(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('handed_file')
    .addColumn('token', 'text', (column) => column.primaryKey())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('media_type', 'text', (column) => column.notNull())
    .addColumn('handed_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('handed_file_once', ['blob', 'name'])
    .execute()
  await db.schema.createIndex('handed_file_age').on('handed_file').column('handed_at').execute()
  await db.schema
    .createTable('upload')
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('upload_key', ['place', 'what'])
    .execute()
  await db.schema
    .createTable('bitable_connection')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('app_token', 'text', (column) => column.notNull())
    .addColumn('table_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('on', 'failed', 'off')`))
    .addColumn('problem', 'text')
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('lease', 'text')
    .addColumn('pushed_at', 'text')
    .addColumn('made_by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .execute()
  await db.schema
    .createIndex('bitable_connection_due')
    .on('bitable_connection')
    .columns(['state', 'due_at'])
    .execute()
  await db.schema
    .createTable('bitable_row')
    .addColumn('connection', 'text', (column) => column.notNull().references('bitable_connection.id'))
    .addColumn('row', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('batch', 'text')
    .addColumn('record', 'text')
    .addPrimaryKeyConstraint('bitable_row_key', ['connection', 'row'])
    .execute()
}
