import { type Kysely, sql } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** Documents, their versions and clauses, who may see them, what was imported, and files. */
export async function createLibrary(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('document')
    .addColumn('document', 'text', (column) => column.primaryKey())
    .addColumn('last_version', 'integer', (column) => column.notNull())
    .addColumn('added_at', 'text', (column) => column.notNull())
    .addColumn('removed_at', 'text')
    .execute()
  await db.schema
    .createTable('document_version')
    .addColumn('document', 'text', (column) => column.notNull().references('document.document'))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('issuers', 'text', (column) => column.notNull())
    .addColumn('effective', 'text')
    .addColumn('open', 'integer', (column) => column.notNull().check(sql`open in (0, 1)`))
    .addColumn('format', 'text', (column) => column.notNull())
    .addColumn('file_name', 'text', (column) => column.notNull())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addColumn('text_hash', 'text', (column) => column.notNull())
    .addColumn('origin', 'text', (column) =>
      column.notNull().check(sql`origin in ('seed', 'added', 'edited')`),
    )
    .addColumn('added_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('document_version_key', ['document', 'version'])
    .execute()
  await db.schema.createIndex('document_version_blob').on('document_version').columns(['blob']).execute()
  await db.schema
    .createTable('document_visibility')
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('organisation', 'role')`))
    .addColumn('name', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('document_visibility_key', ['document', 'version', 'kind', 'name'])
    .addForeignKeyConstraint(
      'document_visibility_version',
      ['document', 'version'],
      'document_version',
      ['document', 'version'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createTable('clause')
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('number', 'integer')
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('lead', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('clause_position', ['document', 'version', 'position'])
    .addUniqueConstraint('clause_key', ['document', 'version', 'key'])
    .addForeignKeyConstraint(
      'clause_version',
      ['document', 'version'],
      'document_version',
      ['document', 'version'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createTable('seed_import')
    .addColumn('path', 'text', (column) => column.primaryKey())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('imported_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('library_state')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('revision', 'integer', (column) => column.notNull())
    .execute()
  await sql`insert into library_state (id, revision) values (1, 0)`.execute(db)
  await db.schema
    .createTable('blob')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('bytes', types.bytes, (column) => column.notNull())
    .execute()
}
