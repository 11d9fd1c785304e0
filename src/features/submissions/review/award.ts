import { PlainError } from '../../../messages/plain-error.ts'
import type { Kind, KindAction, KindField } from '../definition/schema.ts'
import { expectedOf } from '../expected.ts'
import { nameableAuthor } from '../relations.ts'
import type { Setting } from '../settings.ts'

/** The tier for which a confirmed yearly benefit speaks; null: none, or nothing was confirmed. */
export function tierFor(
  { awards }: Pick<Kind, 'awards'>,
  benefit: number | null,
): Kind['awards'][number] | null {
  if (benefit === null) return null
  return awards.toSorted((one, other) => other.from - one.from).find(({ from }) => benefit >= from) ?? null
}

/** What an author expected it to bring in a year; null: they did not say. */
export function estimateOf({ kind, values }: Setting['submission']): number | null {
  const amount = expectedOf(kind, values)
  return amount !== null && amount > 0 ? amount : null
}

/** Another tier than the proposed one is given with a reason. Throws PlainError. */
export async function setAward({ submission, action, input, value }: Setting): Promise<{ award: string }> {
  const award = String(value)
  const proposed = tierFor(submission.kind, submission.row.benefit)
  if (proposed !== null && proposed.value !== award) explain(action, input, 'award')
  return { award }
}

/** A benefit far from what the author expected is confirmed with a reason. Throws PlainError. */
export async function setBenefit({
  submission,
  action,
  input,
  value,
}: Setting): Promise<{ benefit: number }> {
  const benefit = Number(value)
  const estimate = estimateOf(submission)
  const within = submission.kind.expectedWithin
  if (estimate !== null && (Math.abs(benefit - estimate) / estimate) * 100 > within) {
    explain(action, input, 'benefit')
  }
  return { benefit }
}

/** Whoever looks at the result has not carried it out, and is none of the authors. Throws PlainError. */
export async function setVerifier({ trx, submission, value }: Setting): Promise<{ verifier: string }> {
  const verifier = String(value)
  const authors = await trx
    .selectFrom('submission_author')
    .select('person')
    .where('submission', '=', submission.row.id)
    .execute()
  if (nameableAuthor(submission) === verifier || authors.some(({ person }) => person === verifier)) {
    throw new PlainError('review:refused.author-verifies')
  }
  return { verifier }
}

/** Throws PlainError where what differs from what was proposed is given without a reason, and a field is there for it. */
export function explain(
  { fields }: KindAction,
  input: Readonly<Record<string, unknown>>,
  what: NonNullable<KindField['explains']>,
): void {
  const field = fields.find(({ explains }) => explains === what)
  if (!field || String(input[field.name] ?? '').trim() !== '') return
  throw new PlainError(withoutReason[what])
}

const withoutReason = {
  award: 'review:refused.explain-award',
  benefit: 'review:refused.explain-benefit',
  granted: 'submissions:refused.explain-granted',
} as const
