import type { CampaignsContext } from '../context.ts'
import type { JudgingSettings } from './settings.ts'

/** What judging works with. */
export interface JudgingContext extends CampaignsContext {
  settings: JudgingSettings
}
