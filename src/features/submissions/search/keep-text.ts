import { textTerms } from '../../../knowledge/search/text-terms.ts'
import type { Trx } from '../../../store/store.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Submission } from '../records.ts'

/**
 * Makes a record findable by its number, subject, texts and author as they are now; to be called in the transaction that
 * changes any of them. Of what is sealed nothing is kept, nor of comments: a colleague who may not read them would learn
 * of them by what is found.
 */
export async function keepText(
  trx: Trx,
  { store }: Pick<SubmissionsContext, 'store'>,
  submission: Submission,
): Promise<void> {
  const { row } = submission
  const kept = await trx
    .deleteFrom('submission_text')
    .where('submission', '=', row.id)
    .returning('seq')
    .executeTakeFirst()
  if (kept) await store.fullText.remove(trx, 'submission_words', kept.seq)
  if (row.sealed === 1) return
  const texts = [row.number, submission.author?.name ?? '', contentText(submission)]
  const terms = textTerms(texts.join('\n'))
  const { seq } = await trx
    .insertInto('submission_text')
    .values({ submission: row.id })
    .returning('seq')
    .executeTakeFirstOrThrow()
  await store.fullText.add(trx, 'submission_words', seq, terms)
}

/** What of a record is text by which another one is found to be like it: its subject and what its kind names. */
export function contentText({
  kind,
  subject,
  values,
}: Pick<Submission, 'kind' | 'subject' | 'values'>): string {
  const texts = kind.searched.flatMap((name) => (typeof values[name] === 'string' ? [values[name]] : []))
  return [...new Set([subject, ...texts])].join('\n')
}
