import type { Mine, Whose } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import type { CampaignsContext } from '../context.ts'
import { standingOfOrganisations } from '../making/standing.ts'
import { standingPictures } from '../making/standing-picture.ts'
import type { CampaignsPart } from '../part.ts'
import { asking, askTimer } from './ask-reviewers.ts'
import { awardActions } from './award-actions.ts'
import { noticeCard, resultsCard } from './award-cards.ts'
import { awardForms } from './award-forms.ts'
import { certifyTimers } from './confirm-awards.ts'
import type { JudgingContext } from './context.ts'
import { dealing, dealTimer } from './deal-entries.ts'
import { judgingActions } from './judging-actions.ts'
import { judgingCommands } from './judging-commands.ts'
import { judgingForms } from './judging-forms.ts'
import { awardsOf, readJudging } from './judging-records.ts'
import { listNextSteps } from './next-steps.ts'
import { noticePost, noticeTimers, resultsPost } from './notice.ts'
import { listOwnReviews } from './own-reviews.ts'
import { reviewActions } from './review-actions.ts'
import { reviewForms } from './review-forms.ts'
import { readJudgingSettings } from './settings.ts'
import { withUnits } from './shown-awards.ts'
import { tellingComplete, tellingOrganisers } from './tell-organisers.ts'
import { withdrawTimers } from './withdraw-reviews.ts'

/** How campaigns are judged: reviewers, scores, ranking, awards, notice, certificates. */
export function createJudgingPart(given: CampaignsContext): CampaignsPart {
  const context: JudgingContext = { ...given, settings: readJudgingSettings(given.knowledgeDir) }
  return {
    actions: { ...reviewActions(context), ...judgingActions(context), ...awardActions(context) },
    commands: judgingCommands(context),
    forms: [...reviewForms(context), ...judgingForms(context), ...awardForms(context)],
    mine: async (whose) => [...(await openReviews(context, whose)), ...(await listNextSteps(whose))],
    timers: {
      ...{ [dealTimer]: dealing(context), [askTimer]: asking(context) },
      ...noticeTimers,
      ...certifyTimers(context),
      ...withdrawTimers(context),
      ...tellingOrganisers(context),
      ...tellingComplete,
    },
    posts: {
      async [noticePost](trx, campaign, now) {
        const until = (await readJudging(trx, campaign.row.id))?.notice_until
        if (campaign.row.state !== 'notice' || until == null) return null
        const awards = await withUnits(trx, campaign, await awardsOf(trx, campaign.row.id), now)
        const day = dayInChina(new Date(Date.parse(until) - 1))
        return ({ language }) => noticeCard(campaign, awards, day, language)
      },
      async [resultsPost](trx, campaign, now) {
        const awards = await withUnits(trx, campaign, await awardsOf(trx, campaign.row.id), now)
        const by = { day: dayInChina(now), by: 'number' as const }
        const standing = await standingOfOrganisations(trx, context, campaign, by)
        const pictures = await standingPictures(trx, context, { row: campaign.row, standing }, now)
        return ({ language }) => resultsCard(campaign, awards, pictures, language)
      },
    },
  }
}

/** What somebody was asked to review and has not. */
async function openReviews(context: JudgingContext, { db, person, language }: Whose): Promise<Mine[]> {
  if (person === null) return []
  const found = await listOwnReviews(db, context, { reviewer: person, open: true }, language)
  if (found.open === 0) return []
  return [
    {
      ...{ kind: 'to-do', title: translate(language, 'judging:list.to-do'), count: found.open },
      items: found.reviews.map(({ campaign, submission, name }) => ({
        title: name,
        state: [campaign.row.title, campaign.row.review_until ?? '']
          .filter((part) => part !== '')
          .join(' · '),
        buttons: [
          {
            label: translate(language, 'judging:review.read'),
            ...{ action: 'campaigns.review', value: { campaign: campaign.row.id, submission } },
            opens: 'beside' as const,
          },
        ],
      })),
      more: translate(language, 'judging:list.title'),
    },
  ]
}
