import type { IncomingFile } from '../../chat/incoming.ts'
import type { FormValues } from '../../forms/definition.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { keyNameOf } from '../../seal/matters.ts'
import { holdBlobs } from '../../store/blob-use.ts'
import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import type { KindField } from './definition/schema.ts'
import type { Part } from './life/life.ts'
import type { Submission, SubmissionRow } from './records.ts'
import { seesAll } from './relations.ts'

type Fields = readonly Pick<KindField, 'name' | 'type'>[]

/** Files that came with a record, in the order of its fields. */
export function attachmentsOf({ kind, values }: Pick<Submission, 'kind' | 'values'>): IncomingFile[] {
  return filesIn(
    kind.pages.flatMap(({ fields }) => fields),
    values,
  )
}

/** The files of some fields. */
export function filesIn(fields: Fields, values: FormValues): IncomingFile[] {
  return fields.flatMap(({ name, type }) => (type === 'file' ? ((values[name] ?? []) as IncomingFile[]) : []))
}

/**
 * What was filled in, with its files as the record keeps them: encrypted under its key, so that they are erased with it,
 * or in the open where it lies open, whatever the draft did. Throws PlainError `seal:file-gone` where one is not there.
 */
export async function keepFiles(
  trx: Trx,
  { sealer, files }: Pick<SubmissionsContext, 'sealer' | 'files'>,
  { id, sealed }: Pick<SubmissionRow, 'id' | 'sealed'>,
  fields: Fields,
  values: FormValues,
): Promise<FormValues> {
  const kept: FormValues = { ...values }
  for (const field of fields) {
    const sent = filesIn([field], values)
    if (sent.length === 0) continue
    const own: IncomingFile[] = []
    for (const file of sent)
      own.push(await (sealed === 1 ? files.seal(trx, keyNameOf(sealer, id), file) : files.open(trx, file)))
    kept[field.name] = own
  }
  return kept
}

/**
 * From now on the record's files are kept for it: the draft in which they came lets go of them.
 * @param as What they came with, where that is not the record's own form.
 */
export async function holdFiles(
  trx: Trx,
  { sealer }: Pick<SubmissionsContext, 'sealer'>,
  { id }: Pick<SubmissionRow, 'id'>,
  files: readonly IncomingFile[],
  as: '' | 'agreement' = '',
): Promise<void> {
  // A tag: who sent a file in, as a draft, is not to be found by what held it before.
  const holder = sealer.tag(`files of submission ${id} ${as}`)
  await holdBlobs(
    trx,
    `submission ${holder}`,
    files.map(({ blob }) => blob),
  )
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
