import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import type { SubmissionsContext } from '../context.ts'
import { rubricOf } from '../definition/rubric.ts'
import type { KindAction } from '../definition/schema.ts'
import { appliedOf, yuan } from '../funds.ts'
import type { Part } from '../life/life.ts'
import type { Submission } from '../records.ts'
import { estimateOf, tierFor } from './award.ts'
import { openObjections } from './objections.ts'
import { chatsFor, noticeText } from './post-notice.ts'
import { readReviews } from './reviews.ts'
import { outcomeOf } from './score.ts'
import { reviewViewOf } from './score-card.ts'
import { groupsWithin } from './showcase-groups.ts'
import { suggestReviewers } from './suggest-reviewers.ts'

/** What a form begins with: values that are proposed, and lines that say what they rest on. */
export interface Opening {
  values: Record<string, string>
  hints: string[]
}

interface Opened {
  submission: Submission
  action: KindAction
  part: Part
  /** `YYYY-MM-DD` of China. */
  today: string
  language: Language
}

/** Proposes what the record itself speaks for: reviewers, a decision, a text to publish, a tier; one's own scores. */
export async function openingOf(trx: Trx, context: SubmissionsContext, opened: Opened): Promise<Opening> {
  const { submission, action, part, today, language } = opened
  const opening: Opening = { values: {}, hints: [] }
  const { values, hints } = opening
  const fieldThat = (what: string) => action.fields.find(({ sets }) => sets === what)?.name
  const say = (key: string, more: Record<string, string | number> = {}) =>
    translate(language, `review:form.${key}`, more)

  const reviewers = fieldThat('reviewers')
  if (reviewers !== undefined) {
    const suggested = await suggestReviewers(trx, submission, today)
    const names = suggested.candidates.map(({ name, open }) => say('candidate', { name, open }))
    const first = suggested.candidates.slice(0, suggested.wanted || 1)
    if (first.length > 0) values[reviewers] = first.map(({ name }) => name).join('、')
    const joined = names.slice(0, mostNamed).join(language === 'en' ? ', ' : '、')
    hints.push(names.length > 0 ? say('candidates', { names: joined }) : say('no-candidates'))
  }
  if (action.does.includes('review')) Object.assign(values, await ownReview(trx, context, submission, part))
  if (typeof action.to !== 'string') await proposeDecision(trx, context, opened, opening)
  const award = fieldThat('award')
  if (award !== undefined && submission.kind.awards.length > 0) {
    const tier = tierFor(submission.kind, submission.row.benefit)
    if (tier) {
      values[award] = tier.value
      hints.push(say('tier', { benefit: yuan(submission.row.benefit ?? 0), tier: tier.label[language] }))
    } else hints.push(say('no-benefit'))
  }
  const estimate = estimateOf(submission)
  if (fieldThat('benefit') !== undefined && estimate !== null) {
    hints.push(say('estimate', { estimate: yuan(estimate), within: submission.kind.expectedWithin }))
  }
  const granted = fieldThat('granted')
  const applied = appliedOf(submission)
  if (granted !== undefined && applied !== null) {
    values[granted] = String(applied)
    hints.push(translate(language, 'submissions:funds.form-granted', { applied: yuan(applied) }))
  }
  if (fieldThat('used') !== undefined && submission.row.granted !== null) {
    hints.push(translate(language, 'submissions:funds.form-used', { granted: yuan(submission.row.granted) }))
  }
  const groups = fieldThat('groups')
  if (groups !== undefined) {
    const names = await groupsWithin(trx, submission, part.person, today)
    if (names[0] !== undefined) values[groups] = names[0]
    const joined = names.join(language === 'en' ? ', ' : '、')
    const found = translate(language, 'submissions:showcase.groups', { names: joined })
    hints.push(names.length > 0 ? found : translate(language, 'submissions:showcase.no-groups'))
  }
  const published = fieldThat('published')
  if (published !== undefined && action.does.includes('post')) {
    values[published] = await noticeText(trx, submission, action, submission.row.language, today)
    const chats = await chatsFor(trx, submission, today)
    // Said before it is pressed: the days run whoever sees it.
    hints.push(say(chats.length > 0 ? 'notice' : 'notice-no-chat'))
  }
  if (action.does.includes('settle-objection')) {
    // Sealed records' objections stand on the record alone, for a form's lines lie open.
    const [oldest] = submission.row.sealed === 1 ? [] : await openObjections(trx, context, submission)
    if (oldest) {
      const naming = translate(language, oldest.named ? 'review:naming.named' : 'review:naming.hidden')
      hints.push(say('objection', { name: oldest.name, naming, text: oldest.text }))
    }
  }
  return opening
}

/** More names would be a long line. */
const mostNamed = 10

async function proposeDecision(
  trx: Trx,
  context: SubmissionsContext,
  { submission, action, part, language }: Opened,
  { values, hints }: Opening,
): Promise<void> {
  const { to } = action
  const rubric = rubricOf(submission.kind, submission.row.variety)
  if (!rubric || typeof to === 'string' || reviewViewOf(part) !== 'named') return
  const ways = new Set(Object.keys(to.states))
  // Only where the rubric speaks of the values by which this action decides.
  if (!rubric.proposes.some(({ value }) => value !== undefined && ways.has(value))) return
  const given = (await readReviews(trx, context, submission)).filter(({ state }) => state === 'given')
  const { mean, proposes } = outcomeOf(rubric, given)
  if (mean === null) {
    hints.push(translate(language, 'review:form.no-reviews'))
    return
  }
  const said = proposes
    ? translate(language, 'review:form.proposes', { mean, what: proposes.label[language] })
    : translate(language, 'review:form.proposes-nothing', { mean })
  hints.push(said)
  if (proposes?.value !== undefined && ways.has(proposes.value)) values[to.field] = proposes.value
}

/** What a reviewer gave before, to be corrected. */
async function ownReview(trx: Trx, context: SubmissionsContext, submission: Submission, { person }: Part) {
  const own = (await readReviews(trx, context, submission)).find(
    ({ reviewer, state }) => reviewer === person && state === 'given',
  )
  if (!own) return {}
  const scores = Object.entries(own.scores).map(([name, score]) => [name, String(score)])
  return { hasInterest: 'no', ...Object.fromEntries(scores), opinion: own.opinion, remark: own.opinion }
}
