import type { IncomingFile } from '../../chat/incoming.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { holdBlobs } from '../../store/blob-use.ts'
import type { Trx } from '../../store/store.ts'
import type { Part } from './life/life.ts'
import type { Submission } from './records.ts'
import { seesAll } from './relations.ts'

/** Files that came with a record, in the order of its fields. */
function attachmentsOf({ kind, values }: Pick<Submission, 'kind' | 'values'>): IncomingFile[] {
  return kind.pages
    .flatMap(({ fields }) => fields)
    .flatMap(({ name, type }) => (type === 'file' ? ((values[name] ?? []) as IncomingFile[]) : []))
}

/** From now on the record's files are kept for it: the draft in which they came lets go of them. */
export async function holdAttachments(trx: Trx, submission: Submission): Promise<void> {
  const hashes = attachmentsOf(submission).map(({ blob }) => blob)
  await holdBlobs(trx, `submission ${submission.row.id}`, hashes)
}

/** The files as somebody may open them; colleagues, who read what a record says, get none. */
export function attachmentsFor(submission: Submission, part: Part): IncomingFile[] {
  return seesAll(part) ? attachmentsOf(submission) : []
}

/** One of them by its place, from 0. Throws PlainError `submissions:gone` where there is none, or not for them. */
export function attachmentFor(submission: Submission, part: Part, at: number): IncomingFile {
  const file = attachmentsFor(submission, part)[at]
  if (!file) throw new PlainError('submissions:gone')
  return file
}
