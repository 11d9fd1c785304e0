import type { PictureBlock } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { handChart } from '../../../documents/hand-chart.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import type { CampaignsContext } from '../context.ts'
import type { CampaignRow } from '../records.ts'
import type { Standing } from './standing.ts'
import { rowName } from './standing-card.ts'

/** How many of the first are drawn, as the chart has room. */
const mostDrawn = 12

/** The standing of a campaign as a picture: what was sent in, and what of it was adopted. */
export function standingPicture(
  trx: Trx,
  context: Pick<CampaignsContext, 'blobs' | 'publicUrl'>,
  { row, standing: { rows } }: { row: Pick<CampaignRow, 'title'>; standing: Standing },
  language: Language,
  now: Date,
): Promise<PictureBlock> {
  const shown = rows.slice(0, mostDrawn)
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'Asia/Shanghai' }).format(now)
  return handChart(
    trx,
    context,
    {
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
    },
    now,
  )
}
