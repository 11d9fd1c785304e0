export { heldAssessments } from './held-assessments.ts'
export { lineOfCampaign } from './of-campaign.ts'
