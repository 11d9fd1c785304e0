import { type Kysely, sql } from 'kysely'

/** Keys of what lies encrypted, and what holds the files that people sent. */
export async function createSeal(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('seal_key')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('wrapped', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('seal_check')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('tag', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('blob_use')
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('used_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('blob_use_key', ['hash', 'used_by'])
    .execute()
  await db.schema.createIndex('blob_use_used_by').on('blob_use').columns(['used_by']).execute()
  await db.schema
    .createTable('blob_dropped')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .execute()
  await db.schema.alterTable('submission').addColumn('proposed', 'text').execute()
  await db.schema.alterTable('submission').addColumn('erased_at', 'text').execute()
  await addRightsRole(db)
}

/** SQLite cannot change a check, so the table is written anew. Nothing refers to its rows. */
async function addRightsRole(db: Kysely<unknown>): Promise<void> {
  const passing = 'membership_next'
  const roles = sql`role in ('staff', 'cadre', 'instructor', 'liaison', 'reviewer', 'rights', 'leader', 'admin')`
  await db.schema
    .createTable(passing)
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('role', 'text', (column) => column.notNull().check(roles))
    .addColumn('superior', 'text', (column) => column.references('person.id'))
    .addColumn('from_day', 'text')
    .addColumn('until_day', 'text')
    .addCheckConstraint(
      'membership_days',
      sql`from_day is null or until_day is null or from_day <= until_day`,
    )
    .execute()
  const columns = sql`id, person, organisation, role, superior, from_day, until_day`
  await sql`insert into ${sql.table(passing)} (${columns}) select ${columns} from membership`.execute(db)
  await db.schema.dropTable('membership').execute()
  await db.schema.alterTable(passing).renameTo('membership').execute()
  await db.schema.createIndex('membership_person').on('membership').columns(['person']).execute()
  await db.schema.createIndex('membership_organisation').on('membership').columns(['organisation']).execute()
}
