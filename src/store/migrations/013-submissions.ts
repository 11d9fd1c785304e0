import { type Kysely, sql } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** Kinds of submissions, what was sent in, and all that was done to it. */
export async function createSubmissions(
  db: Kysely<unknown>,
  { counter, fullText }: ColumnTypes,
): Promise<void> {
  await db.schema
    .createTable('submission_kind')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('taken_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('submission_kind_key', ['kind', 'version'])
    .execute()
  await db.schema
    .createTable('submission')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('variety', 'text', (column) => column.notNull())
    .addColumn('naming', 'text', (column) =>
      column.notNull().check(sql`naming in ('signed', 'hidden', 'unpublished')`),
    )
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('stage', 'integer', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('lies_with', 'text', (column) => column.references('organisation.id'))
    .addColumn('author', 'text', (column) => column.references('person.id'))
    .addColumn('entered_by', 'text', (column) => column.references('person.id'))
    .addColumn('author_account', 'text')
    .addColumn('pseudonym', 'text', (column) => column.notNull())
    .addColumn('sealed', 'integer', (column) => column.notNull().check(sql`sealed in (0, 1)`))
    .addColumn('author_sealed', 'text')
    .addColumn('author_tag', 'text')
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('published', 'text')
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('in_group', 'integer', (column) => column.notNull().check(sql`in_group in (0, 1)`))
    .addColumn('handler', 'text', (column) => column.references('person.id'))
    .addColumn('owner', 'text', (column) => column.references('person.id'))
    .addColumn('verifier', 'text', (column) => column.references('person.id'))
    .addColumn('priority', 'text', (column) =>
      column.check(sql`priority in ('urgent', 'important', 'ordinary')`),
    )
    .addColumn('due_day', 'text')
    .addColumn('benefit', 'double precision')
    .addColumn('award', 'text')
    .addColumn('merged_into', 'text')
    .addColumn('reopened', 'integer', (column) => column.notNull().check(sql`reopened in (0, 1)`))
    .addColumn('receipt_hash', 'text')
    .addColumn('origin', 'text', (column) =>
      column.notNull().check(sql`origin in ('chat', 'web', 'on-behalf', 'import')`),
    )
    .addColumn('submitted_at', 'text', (column) => column.notNull())
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text')
    .addColumn('closed_at', 'text')
    // Nothing of a sealed author lies open.
    .addCheckConstraint(
      'submission_sealed',
      sql`sealed = 0 or (author is null and author_account is null and author_sealed is not null)`,
    )
    .execute()
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('submission').columns(columns).execute()
  // With all by which a list is narrowed, so that whoever may see little of much is not made to read the rows.
  await index('submission_by_list', [
    ...['submitted_at', 'id', 'kind', 'version', 'state', 'variety', 'sealed', 'organisation', 'lies_with'],
    ...['author', 'author_tag', 'handler', 'owner', 'verifier', 'due_at'],
  ])
  await index('submission_by_state', ['kind', 'state', 'submitted_at', 'id'])
  await index('submission_by_author', ['author', 'submitted_at'])
  await index('submission_by_author_account', ['author_account'])
  await index('submission_by_author_tag', ['author_tag'])
  await index('submission_by_organisation', ['organisation', 'submitted_at'])
  // All that the queue of an office is found and sorted by, so that no row of it is read that is not shown.
  await index('submission_by_place', [
    ...['lies_with', 'state', 'kind', 'version', 'handler', 'author', 'author_tag'],
    ...['priority', 'due_at', 'submitted_at', 'id'],
  ])
  await index('submission_by_handler', ['handler', 'state'])
  await index('submission_by_merged_into', ['merged_into'])
  await index('submission_by_owner', ['owner'])
  await index('submission_by_verifier', ['verifier'])
  // Few of many ever get an award.
  await db.schema
    .createIndex('submission_by_award')
    .on('submission')
    .columns(['closed_at'])
    .where(sql.ref('award'), 'is not', null)
    .execute()
  await db.schema
    .createTable('submission_history')
    .addColumn('seq', counter.type, counter.define)
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('from_state', 'text', (column) => column.notNull())
    .addColumn('to_state', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('part', 'text', (column) => column.notNull())
    .addColumn('input', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addUniqueConstraint('submission_history_revision', ['submission', 'revision'])
    .execute()
  await db.schema
    .createTable('submission_author')
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('confirmed', 'integer', (column) => column.notNull().check(sql`confirmed in (0, 1)`))
    .addColumn('answered_at', 'text')
    .addColumn('merged_from', 'text')
    .addPrimaryKeyConstraint('submission_author_key', ['submission', 'person'])
    .execute()
  await db.schema
    .createIndex('submission_author_person')
    .on('submission_author')
    .columns(['person'])
    .execute()
  await db.schema
    .createTable('submission_second')
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('merged_from', 'text')
    .addPrimaryKeyConstraint('submission_second_key', ['submission', 'person'])
    .execute()
  await db.schema
    .createTable('submission_review')
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('reviewer', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('asked', 'given', 'declined', 'unable', 'withdrawn', 'past')`),
    )
    .addColumn('scores', 'text')
    .addColumn('total', 'double precision')
    .addColumn('opinion', 'text')
    .addColumn('interest', 'text')
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('given_at', 'text')
    .addPrimaryKeyConstraint('submission_review_key', ['submission', 'reviewer'])
    .execute()
  await db.schema
    .createIndex('submission_review_reviewer')
    .on('submission_review')
    .columns(['reviewer', 'state'])
    .execute()
  await db.schema
    .createTable('submission_objection')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('named', 'integer', (column) => column.notNull().check(sql`named in (0, 1)`))
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('settled', 'text')
    .addColumn('upheld', 'integer', (column) => column.notNull().check(sql`upheld in (0, 1)`))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('submission_objection_submission')
    .on('submission_objection')
    .columns(['submission'])
    .execute()
  await db.schema
    .createTable('submission_comment')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('part', 'text', (column) => column.notNull().check(sql`part in ('author', 'handler')`))
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('submission_comment_submission')
    .on('submission_comment')
    .columns(['submission', 'at'])
    .execute()
  await db.schema
    .createTable('submission_notice')
    .addColumn('message', 'text', (column) => column.primaryKey())
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .execute()
  await db.schema
    .createIndex('submission_notice_person')
    .on('submission_notice')
    .columns(['person'])
    .execute()
  await db.schema
    .createIndex('submission_notice_submission')
    .on('submission_notice')
    .columns(['submission'])
    .execute()
  await db.schema
    .createTable('submission_reading')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('submission_reading_at').on('submission_reading').columns(['at']).execute()
  await db.schema
    .createTable('submission_entry')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('made_by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .execute()
  // A text that changes gets a new number, so that whoever has read up to a number knows what is new.
  await db.schema
    .createTable('submission_text')
    .addColumn('seq', counter.type, counter.define)
    .addColumn('submission', 'text', (column) => column.notNull().unique().references('submission.id'))
    .execute()
  await fullText.create(db, 'submission_words')
}
