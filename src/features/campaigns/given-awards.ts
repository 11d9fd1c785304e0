import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { ComparingPort } from '../submissions/port.ts'
import { awardTitle } from './judging/award-cards.ts'
import { withUnits } from './judging/shown-awards.ts'
import { withTexts } from './records.ts'

/** An honour that was given in a campaign. */
export interface GivenAward {
  /** Number of the certificate; empty: none was made yet. */
  certificate: string
  campaign: string
  /** What it is called, in both languages. */
  award: { 'zh-CN': string; en: string }
  holder: string
  /** Name of the unit of a person or an entry; empty: it is a unit itself, or none is known. */
  unit: string
  kind: 'unit' | 'person' | 'entry'
  /** Instant at which it was confirmed, as ISO text. */
  at: string
}

/**
 * Honours of campaigns held by some organisations that were confirmed in a span of instants (ISO texts, the second outside).
 * One for something sealed, erased or taken out since is not among them.
 */
export async function awardsGiven(
  db: Reads,
  submissions: Pick<ComparingPort, 'records'>,
  organisations: readonly string[],
  { from, until }: { from: string; until: string },
): Promise<GivenAward[]> {
  const given: GivenAward[] = []
  for (const piece of inPieces(organisations)) {
    const campaigns = await db
      .selectFrom('campaign')
      .innerJoin('campaign_judging', 'campaign_judging.campaign', 'campaign.id')
      .selectAll('campaign')
      .select('campaign_judging.confirmed_at as confirmed')
      .where('campaign.organisation', 'in', piece)
      .where('campaign.state', '=', 'closed')
      .where('campaign_judging.confirmed_at', '>=', from)
      .where('campaign_judging.confirmed_at', '<', until)
      .orderBy('campaign.number')
      .execute()
    for (const { confirmed, ...row } of campaigns) {
      const campaign = await withTexts(db, row)
      const awards = await db
        .selectFrom('campaign_award')
        .leftJoin('campaign_entry', (join) =>
          join
            .onRef('campaign_entry.campaign', '=', 'campaign_award.campaign')
            .onRef('campaign_entry.submission', '=', 'campaign_award.submission'),
        )
        .selectAll('campaign_award')
        .select('campaign_entry.state')
        .where('campaign_award.campaign', '=', row.id)
        .orderBy('campaign_award.award')
        .orderBy('campaign_award.place')
        .orderBy('campaign_award.id')
        .execute()
      const ids = awards.flatMap(({ submission }) => submission ?? [])
      const shown = new Set<string>()
      for (const some of inPieces(ids)) {
        for (const { id } of await submissions.records(db, some, 'zh-CN')) shown.add(id)
      }
      const units = await withUnits(db, campaign, awards, new Date(confirmed ?? row.ends_on))
      const unitOf = new Map(units.map(({ id, unit = '' }) => [id, unit]))
      for (const one of awards) {
        if (one.submission !== null && (one.state === 'out' || !shown.has(one.submission))) continue
        const title = (language: 'zh-CN' | 'en') => awardTitle(campaign, one.award, language)
        given.push({
          ...{ certificate: one.certificate ?? '', campaign: row.title, holder: one.holder },
          ...{ unit: unitOf.get(one.id) ?? '' },
          ...{ award: { 'zh-CN': title('zh-CN'), en: title('en') }, at: confirmed ?? one.at },
          kind: one.submission !== null ? 'entry' : one.organisation === null ? 'person' : 'unit',
        })
      }
    }
  }
  return given
}
