export { heldCampaigns } from './held-campaigns.ts'
