import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import { type AssessedCampaign, maySeeCampaign, readAssessedCampaign } from '../campaigns/port.ts'
import { mayMake } from './access.ts'
import { standingOf, stateTitle, textCard } from './cards.ts'
import { type Assessment, readAssessment, type Subject, subjectsOf } from './records.ts'
import { resultCard } from './result-cards.ts'
import { type Looker, showAssessment } from './show.ts'

/** More would not fit a line. */
const mostPlaces = 3

/** The assessment of a campaign that was made last, cancelled ones aside; null: there is none. */
async function assessmentOfCampaign(db: Reads, campaign: string): Promise<Assessment | null> {
  const found = await db
    .selectFrom('assessment')
    .select('id')
    .where('campaign', '=', campaign)
    .where('state', '!=', 'cancelled')
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .executeTakeFirst()
  return found ? readAssessment(db, found.id) : null
}

/** What a campaign's card says of its assessment. */
export interface CampaignAssessment {
  /** Number, state and, once it is published, the first places. */
  line: string
  /** Whether it is for all who see the campaign, not only for whoever oversees it. */
  isPublic: boolean
}

/** What is to be said of the assessment of a campaign, named by its id; null: there is none. */
export async function lineOfCampaign(
  db: Reads,
  campaign: string,
  language: Language,
): Promise<CampaignAssessment | null> {
  const assessment = await assessmentOfCampaign(db, campaign)
  if (!assessment) return null
  const { row } = assessment
  const isPublic = row.state === 'published' || row.state === 'closed'
  const first = isPublic ? (await subjectsOf(db, row.id)).slice(0, mostPlaces) : []
  const places = first.map((one: Subject) => `${one.name} ${standingOf(assessment, one, language)}`)
  const semicolon = translate(language, 'assessment:card.semicolon')
  return {
    line: [`${row.number} ${stateTitle(row.state, language)}`, ...places].join(semicolon),
    isPublic,
  }
}

/**
 * 考核 JB-2026-0001: the assessment of a campaign as somebody may see it, or the button by which its organiser starts one.
 * Throws PlainError where the campaign is not theirs to see, or there is nothing for them yet.
 */
export async function showOfCampaign(db: Reads, idOrNumber: string, looker: Looker): Promise<Card> {
  const { person, language, now } = looker
  const campaign = await readAssessedCampaign(db, idOrNumber)
  if (!campaign || !(await maySeeCampaign(db, person, campaign.id, now)))
    throw new PlainError('assessment:campaign.gone')
  const assessment = await assessmentOfCampaign(db, campaign.id)
  if (assessment) {
    const { row } = assessment
    try {
      return await showAssessment(db, row.id, 0, looker)
    } catch (error) {
      if (!(error instanceof PlainError) || (row.state !== 'published' && row.state !== 'closed')) throw error
      return resultCard(assessment, { subjects: await subjectsOf(db, row.id), own: [] }, { language })
    }
  }
  if (!(await mayMake(db, person, campaign.organisation, now)) || !campaign.isHeld)
    throw new PlainError('assessment:campaign.none', { number: campaign.number })
  const values = { number: campaign.number, title: campaign.title, count: campaign.units.length }
  return textCard(translate(language, 'assessment:campaign.begin-hint', values), [
    {
      ...{ label: translate(language, 'assessment:campaign.begin'), action: 'assessment.make' },
      ...{ value: { campaign: campaign.id }, opens: 'beside', style: 'primary' },
    },
  ])
}

/** The campaign for which somebody makes an assessment. Throws PlainError where it is not theirs, or nothing of it was held. */
export async function campaignToAssess(
  db: Reads,
  id: string,
  { person, now }: Pick<Looker, 'person' | 'now'>,
): Promise<AssessedCampaign> {
  const campaign = await readAssessedCampaign(db, id)
  if (!campaign?.isHeld) throw new PlainError('assessment:campaign.gone')
  if (!(await mayMake(db, person, campaign.organisation, now))) throw new PlainError('assessment:not-for-you')
  return campaign
}
