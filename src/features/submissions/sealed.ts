import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import { place, type SubmissionRow } from './records.ts'

/** A text as it is kept beside a record: encrypted where the record is sealed. */
export async function sealed(
  trx: Trx,
  { sealer }: Pick<SubmissionsContext, 'sealer'>,
  row: Pick<SubmissionRow, 'id' | 'sealed'>,
  column: string,
  text: string,
): Promise<string> {
  if (row.sealed === 0) return text
  const key = await trx
    .selectFrom('submission_key')
    .select('wrapped')
    .where('submission', '=', row.id)
    .executeTakeFirstOrThrow()
  return sealer.seal(key.wrapped, place(row.id, column), text)
}
