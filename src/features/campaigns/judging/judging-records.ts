import type { Selectable } from 'kysely'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import type { CampaignTables } from '../../../store/tables/campaigns.ts'

export type JudgingRow = Selectable<CampaignTables['campaign_judging']>
export type ReviewRow = Selectable<CampaignTables['campaign_review']>
export type AwardRow = Selectable<CampaignTables['campaign_award']>
export type ObjectionRow = Selectable<CampaignTables['campaign_objection']>

/** How a campaign is judged; null: nobody has named reviewers or proposed awards yet. */
export async function readJudging(db: Reads, campaign: string): Promise<JudgingRow | null> {
  const row = await db
    .selectFrom('campaign_judging')
    .selectAll()
    .where('campaign', '=', campaign)
    .executeTakeFirst()
  return row ?? null
}

/** Its row, made where there is none, locked until the transaction ends: what is judged is changed one after another. */
export async function lockJudging(trx: Trx, campaign: string): Promise<JudgingRow> {
  return trx
    .insertInto('campaign_judging')
    .values({
      ...{ campaign, ties: 'resolved', ended_at: null, notice_until: null, stopped_at: null },
      ...{ confirmed_by: null, confirmed_at: null },
    })
    .onConflict((conflict) => conflict.column('campaign').doUpdateSet({ campaign }))
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** A review; null: this reviewer was never asked for it. */
export async function findReview(
  db: Reads,
  { campaign, submission, reviewer }: Pick<ReviewRow, 'campaign' | 'submission' | 'reviewer'>,
): Promise<ReviewRow | null> {
  const row = await db
    .selectFrom('campaign_review')
    .selectAll()
    .where('campaign', '=', campaign)
    .where('submission', '=', submission)
    .where('reviewer', '=', reviewer)
    .executeTakeFirst()
  return row ?? null
}

/** How many reviews were asked and are not given yet. */
export async function countOpenReviews(db: Reads, campaign: string): Promise<number> {
  const { count } = await db
    .selectFrom('campaign_review')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('campaign', '=', campaign)
    .where('state', '=', 'asked')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** How it stands with a reviewer. */
export interface ReviewerFigures {
  person: string
  name: string
  /** Whether they are still a reviewer. */
  isIn: boolean
  open: number
  given: number
  declined: number
}

/** Reviewers by name, with how many reviews each has. */
export async function reviewerFigures(db: Reads, campaign: string): Promise<ReviewerFigures[]> {
  const reviewers = await db
    .selectFrom('campaign_reviewer')
    .innerJoin('person', 'person.id', 'campaign_reviewer.person')
    .select(['campaign_reviewer.person', 'campaign_reviewer.state', 'person.name'])
    .where('campaign', '=', campaign)
    .execute()
  const counts = await db
    .selectFrom('campaign_review')
    .select(['reviewer', 'state'])
    .select(({ fn }) => fn.countAll().as('count'))
    .where('campaign', '=', campaign)
    .groupBy(['reviewer', 'state'])
    .execute()
  const of = (person: string, wanted: ReviewRow['state']) =>
    Number(counts.find(({ reviewer, state }) => reviewer === person && state === wanted)?.count ?? 0)
  return reviewers
    .map(({ person, state, name }) => ({
      ...{ person, name, isIn: state === 'in', open: of(person, 'asked') },
      ...{ given: of(person, 'given'), declined: of(person, 'declined') },
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

/** Awards of a campaign, by award and place; proposed, on notice or given, as the campaign stands. */
export async function awardsOf(db: Reads, campaign: string): Promise<AwardRow[]> {
  return db
    .selectFrom('campaign_award')
    .selectAll()
    .where('campaign', '=', campaign)
    .orderBy('award')
    .orderBy('place')
    .orderBy('id')
    .execute()
}

/** An award by id; null: there is none. */
export async function findAward(db: Reads, id: string): Promise<AwardRow | null> {
  const row = await db.selectFrom('campaign_award').selectAll().where('id', '=', id).executeTakeFirst()
  return row ?? null
}

/** Objections to a campaign's awards, first to last. */
export async function objectionsOf(db: Reads, campaign: string): Promise<ObjectionRow[]> {
  return db
    .selectFrom('campaign_objection')
    .selectAll()
    .where('campaign', '=', campaign)
    .orderBy('made_at')
    .orderBy('id')
    .execute()
}

/** Names of people or organisations by id. */
export async function namesOf(
  db: Reads,
  table: 'person' | 'organisation',
  ids: readonly string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const piece of inPieces([...new Set(ids)])) {
    const rows =
      table === 'person'
        ? await db.selectFrom('person').select(['id', 'name']).where('id', 'in', piece).execute()
        : await db.selectFrom('organisation').select(['id', 'name']).where('id', 'in', piece).execute()
    for (const { id, name } of rows) names.set(id, name)
  }
  return names
}
