import type { Mine, Whose } from '../../../conversation/feature.ts'
import { translate } from '../../../messages/translate.ts'
import type { CampaignsContext } from '../context.ts'
import { shortened, showButton, stateTitle } from './campaign-texts.ts'
import { listEntries } from './show-campaigns.ts'

const mostItems = 5

/** What of somebody takes part in campaigns that are not over, for 我的. */
export async function listMine(
  { db, person, language }: Whose,
  context: Pick<CampaignsContext, 'submissions'>,
): Promise<Mine[]> {
  if (person === null) return []
  const entries = (await listEntries(db, context, { person }, language)).filter(
    ({ state, campaign }) => state === 'in' && campaign.state !== 'closed' && campaign.state !== 'cancelled',
  )
  if (entries.length === 0) return []
  return [
    {
      ...{ kind: 'own', count: entries.length, more: translate(language, 'campaigns:mine.more') },
      title: translate(language, 'campaigns:mine.title'),
      items: entries.slice(0, mostItems).map(({ campaign, record }) => ({
        title: `${record.number} ${shortened(record.subject, 60)}`,
        state: `${shortened(campaign.title, 60)} · ${stateTitle(campaign.state, language)}`,
        buttons: [showButton(campaign.id, language)],
      })),
    },
  ]
}
