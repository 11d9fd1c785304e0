import type { Feature } from '../../conversation/feature.ts'
import type { Trx } from '../../store/store.ts'
import type { WriteCard } from '../circulation/port.ts'
import type { Campaign } from './records.ts'

/** What a folder of this feature adds to it. */
export interface CampaignsPart {
  actions?: Feature['actions']
  commands?: Feature['commands']
  forms?: Feature['forms']
  timers?: Feature['timers']
  subscriptions?: Feature['subscriptions']
  mine?: Feature['mine']
  /** What it sends to many, by the last part of its origin (`postOrigin`); null: there is nothing to send any more. */
  posts?: Readonly<Record<string, PreparePost>>
}

export type PreparePost = (trx: Trx, campaign: Campaign, now: Date) => Promise<WriteCard | null>

/** Under which a campaign sends something to many: `campaigns:ID:opening`; `of` tells several of a kind apart. */
export function postOrigin(campaign: string, post: string, of = ''): string {
  return ['campaigns', campaign, post, ...(of === '' ? [] : [of])].join(':')
}
