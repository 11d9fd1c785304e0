import type { Selectable } from 'kysely'
import type { Audience } from '../../people/audience.ts'
import type { Reads } from '../../people/people.ts'
import type { CampaignTable } from '../../store/tables/campaigns.ts'
import type { Rubric } from '../submissions/port.ts'
import type { AwardKind } from './award-kind.ts'

export type CampaignRow = Selectable<CampaignTable>

/** A campaign with its texts read. */
export interface Campaign {
  row: CampaignRow
  kinds: readonly string[]
  rubric: Rubric
  awards: readonly AwardKind[]
  /** Null: the groups of its organisations. */
  audience: Audience | null
  /** Ids of those that take part, each with all below it. */
  organisations: readonly string[]
}

/** By its id; null: there is none. */
export async function readCampaign(db: Reads, id: string): Promise<Campaign | null> {
  const row = await db.selectFrom('campaign').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? withTexts(db, row) : null
}

/** By its number, such as `JB-2026-0001`; null: there is none. */
export async function findCampaign(db: Reads, number: string): Promise<Campaign | null> {
  const row = await db
    .selectFrom('campaign')
    .selectAll()
    .where('number', '=', number.normalize('NFKC').trim().toUpperCase())
    .executeTakeFirst()
  return row ? withTexts(db, row) : null
}

/** A row with what belongs to it. */
export async function withTexts(db: Reads, row: CampaignRow): Promise<Campaign> {
  const organisations = await db
    .selectFrom('campaign_organisation')
    .select('organisation')
    .where('campaign', '=', row.id)
    .orderBy('organisation')
    .execute()
  return {
    row,
    kinds: JSON.parse(row.kinds) as string[],
    rubric: JSON.parse(row.rubric) as Rubric,
    awards: JSON.parse(row.awards) as AwardKind[],
    audience: row.audience === null ? null : (JSON.parse(row.audience) as Audience),
    organisations: organisations.map(({ organisation }) => organisation),
  }
}
