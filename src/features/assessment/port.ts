export { lineOfCampaign } from './of-campaign.ts'
