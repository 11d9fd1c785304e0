import type { Account } from '../../chat/incoming.ts'
import { accountKey } from '../../chat/keys.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'

/** Questions of one asker that wait or were put within the hour. Each of them disturbs people. */
const mostOfAsker = { person: 20, guest: 5 }
/** Whoever likes can be any number of guests: within an hour all of them together put no more. */
const mostOfGuests = 30
const hour = 3600_000

/**
 * Throws PlainError where an asker has put as many questions as there may be.
 * @param person Null: a guest.
 */
export async function checkRoomToAsk(
  db: Pick<Reads, 'selectFrom'>,
  { account, person }: { account: Account; person: string | null },
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - hour).toISOString()
  const own = db
    .selectFrom('help_request')
    .select('id')
    .where((where) =>
      person === null
        ? where.and([where('asker', 'is', null), where('asker_account', '=', accountKey(account))])
        : where('asker', '=', person),
    )
    .where((where) => where.or([where('state', '=', 'open'), where('asked_at', '>', since)]))
  const most = person === null ? mostOfAsker.guest : mostOfAsker.person
  if ((await own.limit(most).execute()).length === most) throw new PlainError('help:ask.too-many')
  if (person !== null) return
  const guests = db
    .selectFrom('help_request')
    .select('id')
    .where('asker', 'is', null)
    .where('asked_at', '>', since)
  if ((await guests.limit(mostOfGuests).execute()).length === mostOfGuests) {
    throw new PlainError('help:ask.too-many-guests')
  }
}
