import { type Kysely, sql } from 'kysely'

/** Hints that were learned from cadres and from thanks, what proves them, and how often they are used. */
export async function createLearnedHints(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('learned_hint')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('normalised', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull().check(sql`source in ('cadre', 'thanks')`))
    .addColumn('by', 'text')
    .addColumn('asker', 'text')
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('active', 'proposed', 'removed')`),
    )
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('removed_at', 'text')
    .addColumn('removed_by', 'text')
    .execute()
  await db.schema.createIndex('learned_hint_clause').on('learned_hint').columns(['document', 'key']).execute()
  await db.schema.createIndex('learned_hint_state_at').on('learned_hint').columns(['state', 'at']).execute()
  await db.schema
    .createTable('hint_thanks')
    .addColumn('answer', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('hint', 'text', (column) => column.references('learned_hint.id'))
    .addPrimaryKeyConstraint('hint_thanks_key', ['answer', 'account'])
    .execute()
  await db.schema
    .createIndex('hint_thanks_clause')
    .on('hint_thanks')
    .columns(['document', 'key', 'at'])
    .execute()
  await db.schema
    .createTable('learned_hint_use')
    .addColumn('answer', 'text', (column) => column.primaryKey())
    .addColumn('hint', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('learned_hint_use_hint').on('learned_hint_use').columns(['hint']).execute()
  await db.schema
    .createTable('learned_hint_state')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('revision', 'integer', (column) => column.notNull())
    .execute()
  await sql`insert into learned_hint_state (id, revision) values (1, 0)`.execute(db)
}
