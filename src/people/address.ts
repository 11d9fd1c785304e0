import type { Account } from '../chat/incoming.ts'
import { accountKey } from '../chat/keys.ts'
import type { Recipient } from '../chat/outgoing.ts'
import type { Trx } from '../store/store.ts'
import { accountsOf, findPersonByAccount, type Reads } from './people.ts'

/** The terminal reaches whoever sits at the machine, and only while they do. */
const isReachable = ({ platform }: Account) => platform !== 'terminal'

/**
 * Where a person is written to: the account they prefer, else the one that was linked last, of a chat program before
 * one of the web, which is read only while its page is open. Null where there is none.
 */
export async function addressOf(db: Reads, person: string): Promise<Recipient | null> {
  const accounts = (await accountsOf(db, person)).filter(isReachable).reverse()
  const row = await db
    .selectFrom('person')
    .select('preferred_account')
    .where('id', '=', person)
    .executeTakeFirst()
  const account =
    accounts.find((one) => accountKey(one) === row?.preferred_account) ??
    accounts.find(({ platform }) => platform !== 'web') ??
    accounts[0]
  return account ? { type: 'account', account } : null
}

/** From now on its person is written to at this account. `guest`: it is nobody's; `terminal`: nobody is reached there. */
export async function preferAccount(trx: Trx, account: Account): Promise<'here' | 'guest' | 'terminal'> {
  if (!isReachable(account)) return 'terminal'
  const person = await findPersonByAccount(trx, account)
  if (!person) return 'guest'
  await trx
    .updateTable('person')
    .set({ preferred_account: accountKey(account) })
    .where('id', '=', person.id)
    .execute()
  return 'here'
}

/** The account that `accountKey` wrote. */
export function accountOfKey(key: string): Account {
  const [platform, installation, user] = JSON.parse(key) as [string, string, string]
  return { platform, installation, user }
}
