import { dayInChina } from '../../../knowledge/library/day.ts'
import { membershipsInForce } from '../../../people/memberships.ts'
import type { Trx } from '../../../store/store.ts'
import { type Campaign, readCampaign } from '../records.ts'
import { speakingForUnits } from './confirm-awards.ts'
import type { JudgingContext } from './context.ts'
import type { AwardRow } from './judging-records.ts'

/** Certificates on one card. */
const mostShown = 10

/** A certificate with the campaign that gave it. */
export interface OwnCertificate {
  campaign: Campaign
  award: AwardRow
}

/**
 * Certificates that honour somebody, the last first, ten at most: of their entries, of themselves, and of units for
 * which they speak today.
 */
export async function listCertificates(
  trx: Trx,
  { submissions }: Pick<JudgingContext, 'submissions'>,
  person: string,
  now: Date,
): Promise<OwnCertificate[]> {
  const held = (await membershipsInForce(trx, person, dayInChina(now))).filter(({ role }) =>
    speakingForUnits.some((one) => one === role),
  )
  const units = held.map(({ organisation }) => organisation)
  const campaigns = await trx
    .selectFrom('campaign_award')
    .select('campaign')
    .distinct()
    .where('certificate', 'is not', null)
    .execute()
  const found: OwnCertificate[] = []
  for (const { campaign: id } of campaigns) {
    const campaign = await readCampaign(trx, id)
    if (!campaign) continue
    const awards = await trx
      .selectFrom('campaign_award')
      .selectAll()
      .where('campaign', '=', id)
      .where('certificate', 'is not', null)
      .execute()
    const entries = awards.flatMap(({ submission }) => submission ?? [])
    const records = await submissions.records(trx, entries, 'zh-CN')
    const own = new Set(records.filter(({ people }) => people.includes(person)).map((one) => one.id))
    found.push(
      ...awards
        .filter(
          (award) =>
            award.person === person ||
            (award.submission !== null && own.has(award.submission)) ||
            (award.organisation !== null && units.includes(award.organisation)),
        )
        .map((award) => ({ campaign, award })),
    )
  }
  return found
    .toSorted((one, other) => ((one.award.certificate ?? '') > (other.award.certificate ?? '') ? -1 : 1))
    .slice(0, mostShown)
}
