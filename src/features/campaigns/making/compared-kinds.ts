import type { CampaignsContext } from '../context.ts'
import { readJudgingSettings } from '../judging/settings.ts'

/** Kinds that may take part in a campaign, by the data of the house: applications are no matter for comparing. */
export function comparedKinds({
  submissions,
  knowledgeDir,
}: Pick<CampaignsContext, 'submissions' | 'knowledgeDir'>) {
  const { notCompared } = readJudgingSettings(knowledgeDir)
  return submissions.kinds().filter(({ kind }) => !notCompared.includes(kind))
}
