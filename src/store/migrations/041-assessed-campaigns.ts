import type { Kysely } from 'kysely'

/** The campaign of which an assessment is. */
export async function addAssessedCampaigns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('assessment')
    .addColumn('campaign', 'text', (column) => column.references('campaign.id'))
    .execute()
  await db.schema.createIndex('assessment_by_campaign').on('assessment').columns(['campaign']).execute()
}
