import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import type { Reads } from '../../../people/people.ts'
import { checkReceipt, receiptHash } from '../../../people/receipt-code.ts'
import type { Trx } from '../../../store/store.ts'
import { type Event, toEvent } from '../records.ts'
import { checkInTime, isWithin } from './check-in-time.ts'
import { holdsEventCode } from './event-code.ts'
import { registrationOfAccount } from './registrations.ts'

const hour = 3600_000

/**
 * The event that shows these six digits now; one that the account is registered for goes before others.
 * `too-many`: wrong ones are counted, and the account has to wait.
 */
export async function eventByCode(
  trx: Trx,
  code: string,
  account: Account,
  now: Date,
): Promise<Event | 'wrong' | 'too-many'> {
  const showing = (await runningEvents(trx, now)).filter(({ row }) => holdsEventCode(row, code, now))
  let found = showing[0]
  for (const event of showing) if (await registrationOfAccount(trx, event, account)) found = event
  const outcome = await checkReceipt(trx, {
    ...{ number: found?.row.number ?? '', code, now },
    hash: found ? receiptHash(found.row.number, code) : null,
    who: `account ${accountKey(account)}`,
  })
  return found && outcome === 'right' ? found : outcome === 'too-many' ? 'too-many' : 'wrong'
}

/** Published events at which people can check in by the code on the screen. */
async function runningEvents(db: Reads, now: Date): Promise<Event[]> {
  const rows = await db
    .selectFrom('event_entry')
    .selectAll()
    .where('state', '=', 'published')
    .where('starts_at', '<=', new Date(now.getTime() + hour).toISOString())
    .where('ends_at', '>=', now.toISOString())
    .execute()
  return rows.map(toEvent).filter(({ row }) => isWithin(checkInTime(row, 'event-code'), now))
}
