import type { Kysely } from 'kysely'

/** Made anew with all by which entries are ranked: tens of thousands of them are read from it alone. */
export async function indexRankings(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('campaign_entry_standing').execute()
  await db.schema
    .createIndex('campaign_entry_standing')
    .on('campaign_entry')
    .columns([
      ...['campaign', 'state', 'score', 'given', 'benefit', 'criteria', 'entered_at'],
      ...['submission', 'author', 'organisation'],
    ])
    .execute()
}
