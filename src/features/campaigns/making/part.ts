import type { Trx } from '../../../store/store.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { CampaignsContext } from '../context.ts'
import type { CampaignsPart } from '../part.ts'
import { readCampaign } from '../records.ts'
import { campaignActions } from './campaign-actions.ts'
import { campaignCommands } from './campaign-commands.ts'
import { campaignForms } from './campaign-forms.ts'
import { endSent, enterSent, tellEntriesEnded } from './entries.ts'
import { listMine } from './list-mine.ts'
import { closingTimer, endTimer, midwayTimer } from './post-names.ts'
import { campaignPosts } from './posts.ts'
import { endEntries, postToAll } from './run-campaign.ts'
import { beginStandingPictures } from './standing-picture.ts'
import { readTemplates } from './templates.ts'

const untilMorning = 9 * 3_600_000

/** How campaigns are made and run, what takes part and how it stands. */
export function createMakingPart(context: CampaignsContext): CampaignsPart {
  const templates = readTemplates(context.knowledgeDir)
  return {
    actions: campaignActions(context, templates),
    commands: campaignCommands(context, templates),
    forms: campaignForms(context, templates.all),
    mine: (whose) => listMine(whose, context),
    posts: campaignPosts(context),
    timers: {
      [midwayTimer]: telling(context, 'midway'),
      [closingTimer]: telling(context, 'closing'),
      [endTimer]: async (trx, { campaign: id = '' }, now) => {
        if (!(await isOpen(trx, id))) return
        const ended = await endEntries(trx, { id, seen: null }, { by: null, now })
        // It ends at midnight, and is news for the morning.
        await tellEntriesEnded(trx, ended, new Date(now.getTime() + untilMorning))
      },
    },
    subscriptions: {
      'submission.sent': (trx, event, now) => enterSent(trx, context, event, now),
      'submission.ended': (trx, { submission }, now) => endSent(trx, context, submission, now),
    },
  }
}

/** After a change of its period the same is told once more. */
function telling(context: CampaignsContext, post: 'midway' | 'closing'): TimerHandler {
  return async (trx, { campaign: id = '' }, now) => {
    const campaign = await readCampaign(trx, id)
    if (campaign?.row.state !== 'open') return
    await beginStandingPictures(trx, context, campaign, now)
    await postToAll(trx, context, campaign, { post, of: campaign.row.ends_on }, { by: null, now })
  }
}

async function isOpen(trx: Trx, id: string): Promise<boolean> {
  return (await readCampaign(trx, id))?.row.state === 'open'
}
