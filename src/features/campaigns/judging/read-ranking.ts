import type { Reads } from '../../../people/people.ts'
import type { Campaign } from '../records.ts'
import { readJudging } from './judging-records.ts'
import { type BranchOf, branchesOf } from './keep-reviewers.ts'
import type { HonouredEntry } from './propose.ts'
import { type Placed, type RankedEntry, rankEntries, type Ties } from './ranking.ts'

/** An entry as the ranking shows it. */
export interface StandingEntry extends RankedEntry {
  asked: number
  given: number
}

export interface Ranking {
  /** Best first. */
  placed: Placed<HonouredEntry>[]
  /** Everything that takes part, reviewed or not. */
  all: HonouredEntry[]
}

/** Some places of a ranking, with figures of all. */
export interface RankingWindow {
  /** Best first. */
  placed: Placed<StandingEntry>[]
  /** How many have a place. */
  ranked: number
  /** Without a score. */
  unranked: number
  /** With fewer reviews than the rubric wants. */
  few: number
}

/** The whole ranking of a campaign as it stands, as awards need it. */
export async function readRanking(db: Reads, campaign: Campaign): Promise<Ranking> {
  const ties = await tiesOf(db, campaign)
  const unitOf = await unitsOf(db, campaign)
  const rows = await entriesIn(db, campaign)
    .select(['author', 'organisation'])
    .select(comparedColumns)
    .execute()
  const ranked = rankedEntries(rows).map((row) => Object.assign(row, { unit: unitOf(row.organisation) }))
  return { placed: rankEntries(ranked, ties), all: ranked }
}

/** What a page shows: only entries of the scores that stand on it are read. @param from From 0, of the first place. */
export async function readRankingWindow(
  db: Reads,
  campaign: Campaign,
  { from, count }: { from: number; count: number },
): Promise<RankingWindow> {
  const { scores, unranked, few } = await countScores(db, campaign)
  const shown = scores.filter(({ before, number }) => before < from + count && before + number > from)
  const ranked = scores.reduce((sum, { number }) => sum + number, 0)
  const placed = await placesOfScores(db, campaign, shown)
  const skipped = from - (shown[0]?.before ?? from)
  return { placed: placed.slice(skipped, skipped + count), ranked, unranked, few }
}

/** Where a single entry stands; null: nowhere. */
export async function readPlace(
  db: Reads,
  campaign: Campaign,
  submission: string,
): Promise<Placed<StandingEntry> | null> {
  const row = await entriesIn(db, campaign)
    .select('score')
    .where('submission', '=', submission)
    .executeTakeFirst()
  if (!row || row.score === null) return null
  const better = await entriesIn(db, campaign)
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('score', '>', row.score)
    .executeTakeFirstOrThrow()
  const placed = await placesOfScores(db, campaign, [{ score: row.score, before: Number(better.count) }])
  return placed.find(({ entry }) => entry.submission === submission) ?? null
}

function entriesIn(db: Reads, campaign: Campaign) {
  return db
    .selectFrom('campaign_entry')
    .where('campaign', '=', campaign.row.id)
    .where('campaign_entry.state', '=', 'in')
}

const comparedColumns = ['submission', 'score', 'benefit', 'criteria', 'entered_at as enteredAt'] as const

async function tiesOf(db: Reads, campaign: Campaign): Promise<Ties> {
  return (await readJudging(db, campaign.row.id))?.ties ?? 'resolved'
}

/** Each score that is there, best first, with how many have it and how many stand before them. */
async function countScores(db: Reads, campaign: Campaign) {
  const rows = await entriesIn(db, campaign)
    .select(['score', 'given', ({ fn }) => fn.countAll<number | string>().as('count')])
    .groupBy(['score', 'given'])
    .execute()
  const scores: { score: number; number: number; before: number }[] = []
  let [ranked, unranked, few] = [0, 0, 0]
  for (const { score, given, count } of rows.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))) {
    const number = Number(count)
    if (score === null) {
      unranked += number
      continue
    }
    if (given < campaign.rubric.reviews) few += number
    const last = scores.at(-1)
    if (last?.score === score) last.number += number
    else scores.push({ score, number, before: ranked })
    ranked += number
  }
  return { scores, unranked, few }
}

/** The places of all who have certain scores, none of which is left out in between. */
async function placesOfScores(
  db: Reads,
  campaign: Campaign,
  scores: readonly { score: number; before: number }[],
): Promise<Placed<StandingEntry>[]> {
  const [best, worst] = [scores[0], scores.at(-1)]
  if (!best || !worst) return []
  const rows = await entriesIn(db, campaign)
    .select(['asked', 'given'])
    .select(comparedColumns)
    .where('score', '<=', best.score)
    .where('score', '>=', worst.score)
    .execute()
  return rankEntries(rankedEntries(rows), await tiesOf(db, campaign)).map(({ entry, place, after }, at) => ({
    ...{ entry, place: place + best.before },
    // Whoever stands before the first has a better score.
    after: at === 0 && best.before > 0 ? { by: 'score' } : after,
  }))
}

interface ComparedRow {
  score: number | null
  benefit: number | null
  /** JSON. */
  criteria: string | null
}

/** The rows themselves as entries: tens of thousands are not copied. */
function rankedEntries<Row extends ComparedRow>(
  rows: readonly Row[],
): (Omit<Row, 'criteria'> & { criteria: readonly number[] })[] {
  const isTied = tiesAmong(rows)
  return rows.map((row) => {
    // Read only where an equal score and benefit make it count.
    const criteria = isTied(row) && row.criteria !== null ? (JSON.parse(row.criteria) as number[]) : []
    return Object.assign<Omit<Row, 'criteria'>, { criteria: readonly number[] }>(row, { criteria })
  })
}

function tiesAmong(rows: readonly ComparedRow[]): (row: ComparedRow) => boolean {
  const counts = new Map<number, Map<number | null, number>>()
  for (const { score, benefit } of rows) {
    if (score === null) continue
    const ofScore = counts.get(score) ?? new Map<number | null, number>()
    counts.set(score, ofScore.set(benefit, (ofScore.get(benefit) ?? 0) + 1))
  }
  return ({ score, benefit }) => score !== null && (counts.get(score)?.get(benefit) ?? 0) > 1
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
