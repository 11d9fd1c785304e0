import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import type { SubmissionsContext } from '../context.ts'

/** What guests send in within an hour: one of them, and all together, for whoever likes can be any number of guests. */
const most = { ofGuest: 5, ofAll: 300 }
const hour = 3600_000

/** Throws PlainError where a guest has sent in as much as there may be. Each piece disturbs people. */
export async function checkRoomForGuest(
  trx: Trx,
  { sealer }: Pick<SubmissionsContext, 'sealer'>,
  account: Account,
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - hour).toISOString()
  const recent = trx
    .selectFrom('submission')
    .select('id')
    .where('submitted_at', '>', since)
    .where('receipt_hash', 'is not', null)
    .where('entered_by', 'is', null)
  const key = accountKey(account)
  const own = recent.where((where) =>
    where.or([where('author_account', '=', key), where('author_tag', '=', sealer.tag(key))]),
  )
  if ((await own.limit(most.ofGuest).execute()).length === most.ofGuest) {
    throw new PlainError('submissions:whose.too-many')
  }
  if ((await recent.limit(most.ofAll).execute()).length === most.ofAll) {
    throw new PlainError('submissions:whose.too-many-guests')
  }
}
