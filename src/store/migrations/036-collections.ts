import { type Kysely, sql } from 'kysely'

/** Collections that cadres define, and what is answered. */
export async function createCollections(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('collection')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('anonymity', 'text', (column) =>
      column.notNull().check(sql`anonymity in ('named', 'handlers-only', 'anonymous')`),
    )
    .addColumn('per', 'text', (column) => column.notNull().check(sql`per in ('person', 'unit')`))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('audience', 'text')
    .addColumn('deadline', 'text')
    .addColumn('remind', 'text', (column) => column.notNull())
    .addColumn('shares', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('draft', 'open', 'closed', 'dropped')`),
    )
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('opened_at', 'text')
    .addColumn('ended_at', 'text')
    .execute()
  await db.schema
    .createIndex('collection_organisation')
    .on('collection')
    .columns(['organisation', 'made_at'])
    .execute()
  await createParts(db)
  await createAnswers(db)
}

const ofCollection = 'collection.id'

async function createParts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('collection_version')
    .addColumn('collection', 'text', (column) => column.notNull().references(ofCollection))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('collection_version_key', ['collection', 'version'])
    .execute()
  await db.schema
    .createTable('collection_handler')
    .addColumn('collection', 'text', (column) => column.notNull().references(ofCollection))
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addPrimaryKeyConstraint('collection_handler_key', ['collection', 'person'])
    .execute()
  await db.schema.createIndex('collection_handler_person').on('collection_handler').column('person').execute()
  await db.schema
    .createTable('collection_history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('collection', 'text', (column) => column.notNull().references(ofCollection))
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('collection_history_of')
    .on('collection_history')
    .columns(['collection', 'at'])
    .execute()
}

async function createAnswers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('collection_answer')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('collection', 'text', (column) => column.notNull().references(ofCollection))
    .addColumn('answers_for', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('given_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text')
    .addUniqueConstraint('collection_answer_once', ['collection', 'answers_for'])
    .execute()
  // Neither person nor unit nor time: nothing by which a row could be told to be somebody's.
  await db.schema
    .createTable('collection_ballot')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('collection', 'text', (column) => column.notNull().references(ofCollection))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('collection_ballot_of')
    .on('collection_ballot')
    .columns(['collection', 'id'])
    .execute()
}
