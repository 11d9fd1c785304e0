import type { Chart } from '../../../charts/chart.ts'
import type { PictureBlock } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { beginChart, handChart } from '../../../documents/hand-chart.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { CampaignsContext } from '../context.ts'
import type { Campaign, CampaignRow } from '../records.ts'
import { type Standing, standingOfOrganisations } from './standing.ts'
import { rowName } from './standing-card.ts'

/** How many of the first are drawn, as the chart has room. */
const mostDrawn = 12

interface Pictured {
  row: Pick<CampaignRow, 'title'>
  standing: Standing
}

/** What a post to all shows of a standing, by the language of whoever reads it. */
export type StandingPictures = Readonly<Record<Language, PictureBlock>>

/** The standing of a campaign as a picture: what was sent in, and what of it was adopted. */
export function standingPicture(
  trx: Trx,
  context: Pick<CampaignsContext, 'blobs' | 'publicUrl'>,
  pictured: Pictured,
  language: Language,
  now: Date,
): Promise<PictureBlock> {
  return handChart(trx, context, standingChart(pictured, language, now), now)
}

/** The pictures of a post, once for all who read it; null: nothing takes part, so that there is nothing to be drawn. */
export async function standingPictures(
  trx: Trx,
  context: Pick<CampaignsContext, 'blobs' | 'publicUrl'>,
  pictured: Pictured,
  now: Date,
): Promise<StandingPictures | null> {
  if (pictured.standing.total.number === 0) return null
  return {
    'zh-CN': await standingPicture(trx, context, pictured, 'zh-CN', now),
    en: await standingPicture(trx, context, pictured, 'en', now),
  }
}

/** Begins to draw what a post will show, so that whoever writes its cards waits for no drawing. */
export async function beginStandingPictures(
  db: Reads,
  context: Pick<CampaignsContext, 'submissions'>,
  campaign: Campaign,
  now: Date,
): Promise<void> {
  const by = { day: dayInChina(now), by: 'number' as const }
  const standing = await standingOfOrganisations(db, context, campaign, by)
  if (standing.total.number === 0) return
  for (const language of ['zh-CN', 'en'] as const) {
    beginChart(standingChart({ row: campaign.row, standing }, language, now))
  }
}

function standingChart({ row, standing: { rows } }: Pictured, language: Language, now: Date): Chart {
  const shown = rows.slice(0, mostDrawn)
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'Asia/Shanghai' }).format(now)
  return {
    ...{ form: 'grouped-bars', language },
    title: translate(language, 'campaigns:standing.title', { title: row.title }),
    unit: translate(language, 'documents:standing.unit'),
    categories: shown.map((one) => rowName(one, language)),
    series: [
      { name: translate(language, 'campaigns:standing.number'), values: shown.map(({ number }) => number) },
      {
        name: translate(language, 'campaigns:standing.adopted'),
        values: shown.map(({ adopted }) => adopted),
      },
    ],
    source: translate(language, 'documents:standing.source', { day }),
  }
}
