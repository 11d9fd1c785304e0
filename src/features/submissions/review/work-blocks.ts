import type { Block } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { SubmissionsContext } from '../context.ts'
import { fundBlocks } from '../funds.ts'
import type { Part } from '../life/life.ts'
import type { Submission } from '../records.ts'
import { estimateOf } from './award.ts'
import { openObjections } from './objections.ts'
import { reviewBlocks } from './score-card.ts'
import { showcaseBlocks } from './showcase-standing.ts'

/**
 * What whoever works on a record has to go by, beside what was filled in: reviews as far as they may read them, open
 * objections, and what it brings against what was expected.
 * @param today `YYYY-MM-DD` of China.
 */
export async function workBlocks(
  db: Reads,
  context: Pick<SubmissionsContext, 'sealer'>,
  submission: Submission,
  part: Part,
  today: string,
  language: Language,
): Promise<Block[]> {
  return [
    ...(await reviewBlocks(db, context, submission, part, today, language)),
    ...(await objectionBlocks(db, context, submission, part, language)),
    ...benefitBlocks(submission, part, language),
    ...fundBlocks(submission, part, language),
    ...proposedBlocks(submission, part, language),
    ...(await showcaseBlocks(db, submission, part, today, language)),
  ]
}

/** Those who settle them read whose they are; authors only where the objector lets them. */
async function objectionBlocks(
  db: Reads,
  context: Pick<SubmissionsContext, 'sealer'>,
  submission: Submission,
  { as }: Part,
  language: Language,
): Promise<Block[]> {
  const settles = (['handler', 'restricted', 'decider', 'superior'] as const).some((part) =>
    as.includes(part),
  )
  const isAuthor = as.some((part) => part === 'author' || part === 'co-author' || part === 'nominee')
  if (!settles && !isAuthor) return []
  const open = await openObjections(db, context, submission)
  return open.map(({ name, named, text }): Block => {
    const naming = translate(language, named ? 'review:naming.named' : 'review:naming.hidden')
    const who = isAuthor && !named ? '—' : name
    const lead = translate(language, 'review:card.objection', { name: who, naming })
    return { type: 'text', runs: [{ text: lead, strong: true }, { text }] }
  })
}

function benefitBlocks(submission: Submission, { as }: Part, language: Language): Block[] {
  const { benefit } = submission.row
  const estimate = estimateOf(submission)
  if (benefit === null || estimate === null || as.includes('colleague')) return []
  const share = Math.round(((benefit - estimate) / estimate) * 100)
  const change = share > 0 ? `+${share}%` : `${share}%`
  const yuan = (amount: number) => amount.toLocaleString('en-US', { maximumFractionDigits: 2 })
  const values = { estimate: yuan(estimate), benefit: yuan(benefit), change }
  return [{ type: 'note', text: translate(language, 'review:card.benefit', values) }]
}

/** What waits to be approved for everybody, for whoever it is about, its authors and those who handle it. */
function proposedBlocks({ row }: Submission, { as }: Pick<Part, 'as'>, language: Language): Block[] {
  // Of what lies encrypted it is shown with what was published.
  if (row.sealed === 1 || row.proposed === null || as.includes('colleague')) return []
  const lead = translate(language, 'submissions:showcase.proposed')
  return [{ type: 'text', runs: [{ text: lead, strong: true }, { text: row.proposed }] }]
}
