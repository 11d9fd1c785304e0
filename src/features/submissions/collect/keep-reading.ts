import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import type { SubmissionsContext } from '../context.ts'

/** What was read of a sentence, until its author goes on with it. */
interface KeptReading {
  kind: string
  content: string
  values: Record<string, string>
}

/** Milliseconds; whoever goes on later says it again. */
const keptFor = 24 * 3600_000

/**
 * Keeps it for its author alone, encrypted, whatever the kind: nobody has sent it in yet.
 * @returns whether it was not kept already.
 */
export async function keepReading(
  trx: Trx,
  { sealer }: Pick<SubmissionsContext, 'sealer'>,
  { id, account, now, ...reading }: KeptReading & { id: string; account: Account; now: Date },
): Promise<boolean> {
  const before = new Date(now.getTime() - keptFor).toISOString()
  await trx.deleteFrom('submission_reading').where('at', '<', before).execute()
  const kept = await trx
    .insertInto('submission_reading')
    .values({
      id,
      owner: sealer.tag(accountKey(account)),
      content: sealer.sealPassing(`reading ${id}`, JSON.stringify(reading)),
      at: now.toISOString(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return (kept.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Throws PlainError where it is gone, or is somebody else's. */
export async function readingOf(
  trx: Trx,
  { sealer }: Pick<SubmissionsContext, 'sealer'>,
  { id, account, now }: { id: string; account: Account; now: Date },
): Promise<KeptReading> {
  const row = await trx
    .selectFrom('submission_reading')
    .select('content')
    .where('id', '=', id)
    .where('owner', '=', sealer.tag(accountKey(account)))
    .where('at', '>=', new Date(now.getTime() - keptFor).toISOString())
    .executeTakeFirst()
  if (!row) throw new PlainError('submissions:collect.gone')
  return JSON.parse(sealer.openPassing(`reading ${id}`, row.content)) as KeptReading
}
