import type { CampaignsContext } from '../context.ts'
import type { CampaignsPart } from '../part.ts'

/** How campaigns are made and run, what takes part and how it stands. */
export function createMakingPart(context: CampaignsContext): CampaignsPart {
  void context
  return {
    subscriptions: {
      'submission.sent': async () => {},
      'submission.ended': async () => {},
    },
  }
}
