import type { Block } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Part } from './life/life.ts'
import type { Submission, SubmissionRow } from './records.ts'
import { explain } from './review/award.ts'
import type { Setting } from './settings.ts'

type Funds = Pick<SubmissionRow, 'granted' | 'used'>

/** 元 that were granted and not used; null: nothing was granted, or it is not accounted for yet. */
export function remainderOf({ granted, used }: Funds): number | null {
  // In 分, for binary fractions leave a remainder where there is none.
  return granted === null || used === null ? null : Math.round((granted - used) * 100) / 100
}

/** What was applied for, in 元; null: the kind asks for none, or none was filled in. */
export function appliedOf({
  kind,
  values,
}: Pick<Submission, 'values'> & { kind: Pick<Submission['kind'], 'applied'> }): number | null {
  const value = kind.applied === undefined ? undefined : values[kind.applied]
  return typeof value === 'number' ? value : null
}

/** No more is granted than was applied for, and less with a reason. Throws PlainError. */
export async function setGranted({
  submission,
  action,
  input,
  value,
}: Setting): Promise<{ granted: number; used: null }> {
  const granted = Number(value)
  const applied = appliedOf(submission)
  if (applied !== null && granted > applied) {
    throw new PlainError('submissions:refused.more-than-applied', { applied: yuan(applied) })
  }
  if (applied !== null && granted < applied) explain(action, input, 'granted')
  return { granted, used: null }
}

/** No more is accounted for than was granted: what it cost beyond that came from elsewhere. Throws PlainError. */
export async function setUsed({ submission, value }: Setting): Promise<{ used: number }> {
  const used = Number(value)
  const { granted } = submission.row
  if (granted !== null && used > granted) {
    throw new PlainError('submissions:refused.more-than-granted', { granted: yuan(granted) })
  }
  return { used }
}

/** What an action's words may say of the money: `applied`, `granted`, `used`, `remainder`; empty where there is none. */
export function fundWords(submission: Submission): Record<string, string> {
  const { granted, used } = submission.row
  const amounts = { applied: appliedOf(submission), granted, used, remainder: remainderOf(submission.row) }
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, amount === null ? '' : yuan(amount)]),
  )
}

/** Applied for, granted, used and left, for whoever has a part in it. */
export function fundBlocks(submission: Submission, { as }: Pick<Part, 'as'>, language: Language): Block[] {
  const { granted, used } = submission.row
  if (granted === null || as.includes('colleague')) return []
  const words = fundWords(submission)
  const parts = [
    ...(words.applied === '' ? [] : [translate(language, 'submissions:funds.applied', words)]),
    translate(language, 'submissions:funds.granted', words),
    ...(used === null ? [] : [translate(language, 'submissions:funds.used', words)]),
    ...(used === null ? [] : [translate(language, 'submissions:funds.remainder', words)]),
  ]
  return [{ type: 'note', text: parts.join(language === 'en' ? ', ' : '，') }]
}

/** Numbers as people read them: 元, with two places of decimals at most. */
export function yuan(amount: number): string {
  return amount.toLocaleString('en-US', { maximumFractionDigits: 2 })
}
