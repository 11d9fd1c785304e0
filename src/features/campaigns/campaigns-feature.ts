import type { Feature } from '../../conversation/feature.ts'
import type { CampaignsContext } from './context.ts'

/** 讲、比 campaigns and innovation contests: what takes part, how it is reviewed and ranked, what is honoured (clause 5). */
export function createCampaigns(context: CampaignsContext): Feature {
  void context
  return {
    name: 'campaigns',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {
      'submission.sent': async () => {},
      'submission.ended': async () => {},
    },
  }
}
