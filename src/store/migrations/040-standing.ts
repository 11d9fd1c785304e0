import type { Kysely } from 'kysely'

/** What standings and rankings of large campaigns are counted from, without the rows themselves. */
export async function indexStandings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('submission_history_state')
    .on('submission_history')
    .columns(['submission', 'to_state'])
    .execute()
  for (const part of ['organisation', 'author']) {
    await db.schema
      .createIndex(`campaign_entry_by_${part}`)
      .on('campaign_entry')
      .columns(['campaign', 'state', part, 'submission'])
      .execute()
  }
  // Made anew with how many reviews there are, of which too few is said.
  await db.schema.dropIndex('campaign_entry_standing').execute()
  await db.schema
    .createIndex('campaign_entry_standing')
    .on('campaign_entry')
    .columns(['campaign', 'state', 'score', 'given'])
    .execute()
}
