import { type Kysely, sql } from 'kysely'

/** Campaigns: what takes part, who reviews it, what was honoured. */
export async function createCampaigns(db: Kysely<unknown>): Promise<void> {
  await createCampaign(db)
  await createEntries(db)
  await createAwards(db)
  await db.schema
    .createTable('campaign_history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('campaign', 'text', (column) => column.notNull().references(ofCampaign))
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('campaign_history_campaign')
    .on('campaign_history')
    .columns(['campaign', 'at'])
    .execute()
}

const ofCampaign = 'campaign.id'

async function createCampaign(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('campaign')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('form', 'text', (column) => column.notNull().check(sql`form in ('campaign', 'contest')`))
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('draft', 'open', 'reviewing', 'notice', 'closed', 'cancelled')`),
    )
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('rules_document', 'text')
    .addColumn('rules_version', 'integer')
    .addColumn('rules_text', 'text', (column) => column.notNull())
    .addColumn('starts_on', 'text', (column) => column.notNull())
    .addColumn('ends_on', 'text', (column) => column.notNull())
    .addColumn('review_until', 'text')
    .addColumn('kinds', 'text', (column) => column.notNull())
    .addColumn('rubric', 'text', (column) => column.notNull())
    .addColumn('blind', 'integer', (column) => column.notNull())
    .addColumn('reviewers_each', 'integer', (column) => column.notNull())
    .addColumn('awards', 'text', (column) => column.notNull())
    .addColumn('audience', 'text')
    .addColumn('made_by', 'text', (column) => column.references('person.id'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('opened_at', 'text')
    .addColumn('ended_at', 'text')
    .execute()
  await db.schema.createIndex('campaign_state').on('campaign').columns(['state', 'ends_on']).execute()
  await db.schema
    .createTable('campaign_organisation')
    .addColumn('campaign', 'text', (column) => column.notNull().references(ofCampaign))
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addPrimaryKeyConstraint('campaign_organisation_key', ['campaign', 'organisation'])
    .execute()
}

async function createEntries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('campaign_entry')
    .addColumn('campaign', 'text', (column) => column.notNull().references(ofCampaign))
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('author', 'text', (column) => column.references('person.id'))
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('in', 'out')`))
    .addColumn('why', 'text', (column) => column.notNull())
    .addColumn('entered_at', 'text', (column) => column.notNull())
    .addColumn('asked', 'integer', (column) => column.notNull())
    .addColumn('given', 'integer', (column) => column.notNull())
    .addColumn('score', 'integer')
    .addPrimaryKeyConstraint('campaign_entry_key', ['campaign', 'submission'])
    .execute()
  await db.schema
    .createIndex('campaign_entry_standing')
    .on('campaign_entry')
    .columns(['campaign', 'state', 'score'])
    .execute()
  await db.schema.createIndex('campaign_entry_of').on('campaign_entry').column('submission').execute()
  await db.schema
    .createTable('campaign_reviewer')
    .addColumn('campaign', 'text', (column) => column.notNull().references(ofCampaign))
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('in', 'out')`))
    .addColumn('added_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('campaign_reviewer_key', ['campaign', 'person'])
    .execute()
  await db.schema
    .createTable('campaign_review')
    .addColumn('campaign', 'text', (column) => column.notNull().references(ofCampaign))
    .addColumn('submission', 'text', (column) => column.notNull().references('submission.id'))
    .addColumn('reviewer', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('asked', 'given', 'declined', 'withdrawn')`),
    )
    .addColumn('scores', 'text')
    .addColumn('total', 'integer')
    .addColumn('opinion', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('given_at', 'text')
    .addPrimaryKeyConstraint('campaign_review_key', ['campaign', 'submission', 'reviewer'])
    .execute()
  await db.schema
    .createIndex('campaign_review_reviewer')
    .on('campaign_review')
    .columns(['reviewer', 'state', 'campaign'])
    .execute()
}

async function createAwards(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('campaign_award')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('campaign', 'text', (column) => column.notNull().references(ofCampaign))
    .addColumn('award', 'text', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('submission', 'text', (column) => column.references('submission.id'))
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('certificate', 'text', (column) => column.unique())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('campaign_award_campaign')
    .on('campaign_award')
    .columns(['campaign', 'award', 'place'])
    .execute()
  await db.schema
    .createTable('campaign_event')
    .addColumn('campaign', 'text', (column) => column.notNull().references(ofCampaign))
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addPrimaryKeyConstraint('campaign_event_key', ['campaign', 'event'])
    .execute()
}
