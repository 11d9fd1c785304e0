export {
  type AssessedCampaign,
  entriesOfUnits,
  maySeeCampaign,
  readAssessedCampaign,
} from './assessed-campaign.ts'
export { awardsGiven } from './given-awards.ts'
export { heldCampaigns } from './held-campaigns.ts'
