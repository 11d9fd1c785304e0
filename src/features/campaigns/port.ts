export {
  type AssessedCampaign,
  entriesOfUnits,
  maySeeCampaign,
  readAssessedCampaign,
} from './assessed-campaign.ts'
export { heldCampaigns } from './held-campaigns.ts'
