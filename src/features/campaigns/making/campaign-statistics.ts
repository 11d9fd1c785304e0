import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { handOver } from '../../../delivery/handed-files.ts'
import { listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { Day } from '../../../timers/calendar/day.ts'
import { type Statistics, statisticsCard, statisticsWorkbook } from '../../submissions/port.ts'
import type { CampaignsContext } from '../context.ts'
import type { Campaign } from '../records.ts'
import { buttonsBlock, showButton } from './campaign-texts.ts'
import { unitsOf } from './standing.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What takes part in a campaign, as the statistics count it: participation, rates, by time. @param today Day of China. */
export async function statisticsOf(
  db: Reads,
  { submissions }: Pick<CampaignsContext, 'submissions'>,
  { row, organisations }: Campaign,
  today: Day,
): Promise<Statistics> {
  const taking = db.selectFrom('campaign_entry').where('campaign', '=', row.id).where('state', '=', 'in')
  const compared = taking.select(['submission', 'organisation as part']).as('compared')
  const kinds = await taking.select('kind').distinct().execute()
  const ended = row.ends_on < today ? row.ends_on : today
  return submissions.statistics(db, {
    ...{ title: row.title, compared, kinds: kinds.map(({ kind }) => kind), from: row.starts_on },
    until: ended < row.starts_on ? row.starts_on : ended,
    units: unitsOf(await listOrganisations(db), organisations),
  })
}

/** The statistics of a campaign as a workbook. */
export function exportStatistics(
  { row }: Pick<Campaign, 'row'>,
  statistics: Statistics,
  language: Language,
): { name: string; type: string; pieces: AsyncGenerator<Uint8Array> } {
  return {
    ...{ name: `${row.number}-statistics.xlsx`, type: xlsx },
    pieces: statisticsWorkbook(statistics, language),
  }
}

/** The statistics of a campaign as a card, with the workbook to take along. */
export async function statisticsOfCampaign(
  trx: Trx,
  context: CampaignsContext,
  campaign: Campaign,
  { today, now }: { today: Day; now: Date },
  language: Language,
): Promise<Card> {
  const statistics = await statisticsOf(trx, context, campaign, today)
  const { name, type, pieces } = exportStatistics(campaign, statistics, language)
  const bytes = Buffer.concat(await Array.fromAsync(pieces))
  const file = await handOver(trx, context, { name, mediaType: type, bytes }, now)
  const card = statisticsCard(statistics, language)
  return {
    ...card,
    blocks: [
      ...card.blocks,
      { type: 'document', ...file },
      ...buttonsBlock([showButton(campaign.row.id, language)]),
    ],
  }
}
