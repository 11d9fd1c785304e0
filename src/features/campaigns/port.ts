export { type HeldCampaign, heldCampaigns } from './held-campaigns.ts'
