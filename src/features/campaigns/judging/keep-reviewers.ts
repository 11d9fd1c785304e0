import { PlainError } from '../../../messages/plain-error.ts'
import { peopleOfAudience } from '../../../people/audience.ts'
import { ancestorsOf, listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { type Doing, noteHistory } from '../history.ts'
import type { Campaign } from '../records.ts'
import type { JudgingContext } from './context.ts'
import { lockJudging } from './judging-records.ts'
import { withdrawReviews } from './withdraw-reviews.ts'

/** More would not share in anything. */
export const mostReviewers = 500

/** Whoever holds the office of reviewer in the campaign's organisations, above and below them. Ids in order. */
export async function proposeReviewers(
  db: Reads,
  { row, organisations }: Pick<Campaign, 'row' | 'organisations'>,
  now: Date,
): Promise<string[]> {
  const above: string[] = []
  for (const id of [row.organisation, ...organisations]) {
    above.push(...(await ancestorsOf(db, id)).map((one) => one.id))
  }
  const reviewers = { role: 'reviewer' as const }
  const members = [
    ...[row.organisation, ...organisations].map((organisation) => ({
      ...{ ...reviewers, organisation, below: true },
    })),
    ...above.map((organisation) => ({ ...reviewers, organisation, below: false })),
  ]
  return [...(await peopleOfAudience(db, { people: [], members }, now)).keys()].sort()
}

/**
 * From now on these review, and nobody else: what others have open is withdrawn, what they gave counts. Throws PlainError
 * where reviewing is over, nobody is named, or too many.
 */
export async function nameReviewers(
  trx: Trx,
  context: JudgingContext,
  campaign: Campaign,
  { people, ties }: { people: readonly string[]; ties: 'resolved' | 'shared' },
  doing: Doing,
): Promise<void> {
  const { id } = campaign.row
  const judging = await lockJudging(trx, id)
  mustBeReviewed(campaign, judging.ended_at)
  const named = [...new Set(people)]
  if (named.length === 0) throw new PlainError('judging:refused.no-reviewers')
  if (named.length > mostReviewers) {
    throw new PlainError('judging:refused.many-reviewers', { most: mostReviewers })
  }
  await trx.updateTable('campaign_judging').set({ ties }).where('campaign', '=', id).execute()
  const before = await trx
    .selectFrom('campaign_reviewer')
    .select('person')
    .where('campaign', '=', id)
    .where('state', '=', 'in')
    .execute()
  const out = before.map(({ person }) => person).filter((person) => !named.includes(person))
  if (out.length > 0) {
    await trx
      .updateTable('campaign_reviewer')
      .set({ state: 'out' })
      .where('campaign', '=', id)
      .where('person', 'in', out)
      .execute()
    await withdrawReviews(trx, context, campaign, { reviewers: out, now: doing.now })
  }
  await addReviewers(trx, id, named, doing.now)
  await noteHistory(trx, id, 'reviewers', { count: String(named.length) }, doing)
}

/** They review from now on, beside those who do already. */
export async function addReviewers(
  trx: Trx,
  campaign: string,
  people: readonly string[],
  now: Date,
): Promise<void> {
  await trx
    .insertInto('campaign_reviewer')
    .values(people.map((person) => ({ campaign, person, state: 'in', added_at: now.toISOString() })))
    .onConflict((conflict) => conflict.columns(['campaign', 'person']).doUpdateSet({ state: 'in' }))
    .execute()
}

/** Throws PlainError where no reviews are wanted any more, or not yet. */
export function mustBeReviewed({ row }: Campaign, endedAt: string | null): void {
  if (row.state === 'cancelled' || row.state === 'closed' || row.state === 'notice' || endedAt !== null) {
    throw new PlainError('judging:refused.over', { number: row.number })
  }
}

/** Which branch of a campaign an organisation belongs to: what stands right below its organiser; null: none. */
export type BranchOf = (organisation: string | null) => string | null

/** As the tree stands today. */
export async function branchesOf(db: Reads, { row }: Pick<Campaign, 'row'>): Promise<BranchOf> {
  const parents = new Map((await listOrganisations(db)).map(({ id, parent }) => [id, parent]))
  const isAbove = new Set([row.organisation])
  for (let at = parents.get(row.organisation); at; at = parents.get(at)) isAbove.add(at)
  return (organisation) => {
    let branch = organisation
    while (branch !== null) {
      const parent = parents.get(branch) ?? null
      if (isAbove.has(branch)) return null
      if (parent === null || isAbove.has(parent)) return branch
      branch = parent
    }
    return null
  }
}
