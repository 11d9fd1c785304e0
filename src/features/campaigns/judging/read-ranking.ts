import type { Reads } from '../../../people/people.ts'
import type { Campaign } from '../records.ts'
import { readJudging } from './judging-records.ts'
import { type BranchOf, branchesOf } from './keep-reviewers.ts'
import type { HonouredEntry } from './propose.ts'
import { type Placed, rankEntries } from './ranking.ts'

/** An entry as the ranking shows it. */
export interface StandingEntry extends HonouredEntry {
  asked: number
  given: number
}

export interface Ranking {
  /** Best first. */
  placed: Placed<StandingEntry>[]
  /** Everything that takes part, reviewed or not. */
  all: StandingEntry[]
  /** Without a score. */
  unranked: number
  /** With fewer reviews than the rubric wants. */
  few: number
}

/** The ranking of a campaign as it stands, in one read of its entries; incremental, since each has its score with it. */
export async function readRanking(db: Reads, campaign: Campaign): Promise<Ranking> {
  const ties = (await readJudging(db, campaign.row.id))?.ties ?? 'resolved'
  const unitOf = await unitsOf(db, campaign)
  const rows = await db
    .selectFrom('campaign_entry')
    .select(['submission', 'author', 'organisation', 'score', 'benefit', 'criteria', 'entered_at'])
    .select(['asked', 'given'])
    .where('campaign', '=', campaign.row.id)
    .where('state', '=', 'in')
    .execute()
  const tied = tiedScores(rows)
  const all = rows.map((row) => ({
    ...{ submission: row.submission, score: row.score, benefit: row.benefit, enteredAt: row.entered_at },
    // Read only where an equal score makes it count: of thousands most never matter.
    criteria: tied.has(row.score) && row.criteria !== null ? (JSON.parse(row.criteria) as number[]) : [],
    ...{ author: row.author, unit: unitOf(row.organisation), asked: row.asked, given: row.given },
  }))
  const placed = rankEntries(all, ties)
  const few = placed.filter(({ entry }) => entry.given < campaign.rubric.reviews).length
  return { placed, all, unranked: all.length - placed.length, few }
}

function tiedScores(rows: readonly { score: number | null; benefit: number | null }[]): Set<number | null> {
  const seen = new Set<string>()
  const tied = new Set<number | null>()
  for (const { score, benefit } of rows) {
    const key = `${score} ${benefit}`
    if (score !== null && seen.has(key)) tied.add(score)
    seen.add(key)
  }
  return tied
}

/** The unit whose points an entry counts for: the branch of the organiser, else the organisation itself. */
async function unitsOf(db: Reads, campaign: Campaign): Promise<BranchOf> {
  const branchOf = await branchesOf(db, campaign)
  const known = new Map<string | null, string | null>()
  return (organisation) => {
    const before = known.get(organisation)
    if (before !== undefined) return before
    const unit = branchOf(organisation) ?? organisation
    known.set(organisation, unit)
    return unit
  }
}
