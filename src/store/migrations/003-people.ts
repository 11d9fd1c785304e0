import { type Kysely, sql } from 'kysely'

/** Persons, their accounts, organisations and roles; chats of an organisation; links and sessions of the web. */
export async function createPeople(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('time_zone', 'text', (column) => column.notNull())
    .addColumn('preferred_account', 'text')
    .execute()
  await db.schema.createIndex('person_name').on('person').columns(['name']).execute()
  await db.schema
    .createTable('account')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('installation', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('linked_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('account_key', ['platform', 'installation', 'user_id'])
    .execute()
  await db.schema.createIndex('account_person').on('account').columns(['person']).execute()
  await createOrganisations(db)
  await db.schema
    .createTable('sign_in_link')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('purpose', 'text', (column) =>
      column.notNull().check(sql`purpose in ('sign-in', 'console', 'link-account', 'first-admin')`),
    )
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('used_at', 'text')
    .execute()
  await db.schema
    .createTable('web_session')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('account', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('csrf', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('account_code')
    .addColumn('code_hash', 'text', (column) => column.primaryKey())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('installation', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('used_at', 'text')
    .execute()
  await db.schema
    .createTable('account_code_miss')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('account_code_miss_at').on('account_code_miss').columns(['at']).execute()
}

async function createOrganisations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('organisation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) =>
      column.notNull().check(sql`kind in ('group', 'enterprise', 'park', 'association', 'branch', 'team')`),
    )
    .addColumn('parent', 'text', (column) => column.references('organisation.id'))
    .addCheckConstraint('organisation_not_below_itself', sql`parent is null or parent <> id`)
    .execute()
  await db.schema
    .createIndex('organisation_name')
    .unique()
    .on('organisation')
    .columns(['parent', 'name'])
    .execute()
  // To a unique index no two nulls are equal, so roots need one of their own.
  await db.schema
    .createIndex('organisation_root_name')
    .unique()
    .on('organisation')
    .columns(['name'])
    .where(sql.ref('parent'), 'is', null)
    .execute()
  await db.schema
    .createTable('membership')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('role', 'text', (column) =>
      column
        .notNull()
        .check(sql`role in ('staff', 'cadre', 'instructor', 'liaison', 'reviewer', 'leader', 'admin')`),
    )
    .addColumn('superior', 'text', (column) => column.references('person.id'))
    .addColumn('from_day', 'text')
    .addColumn('until_day', 'text')
    .addCheckConstraint(
      'membership_days',
      sql`from_day is null or until_day is null or from_day <= until_day`,
    )
    .execute()
  await db.schema.createIndex('membership_person').on('membership').columns(['person']).execute()
  await db.schema.createIndex('membership_organisation').on('membership').columns(['organisation']).execute()
  await db.schema
    .createTable('chat_binding')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('installation', 'text', (column) => column.notNull())
    .addColumn('chat', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addPrimaryKeyConstraint('chat_binding_key', ['platform', 'installation', 'chat'])
    .execute()
}
