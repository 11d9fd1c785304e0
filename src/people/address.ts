import type { Account } from '../chat/incoming.ts'
import { accountKey } from '../chat/keys.ts'
import type { Recipient } from '../chat/outgoing.ts'
import { inPieces } from '../store/in-pieces.ts'
import type { Trx } from '../store/store.ts'
import { accountsOf, findPersonByAccount, type Reads } from './people.ts'

/** Where a person is written to: one of their accounts. */
export type Address = Extract<Recipient, { type: 'account' }>

/** The terminal reaches whoever sits at the machine, and only while they do. */
const isReachable = ({ platform }: Account) => platform !== 'terminal'

/**
 * Where a person is written to: the account they prefer, else the one that was linked last, of a chat program before
 * one of the web, which is read only while its page is open. Null where there is none.
 */
export async function addressOf(db: Reads, person: string): Promise<Address | null> {
  const accounts = await accountsOf(db, person)
  const row = await db
    .selectFrom('person')
    .select('preferred_account')
    .where('id', '=', person)
    .executeTakeFirst()
  return choose(accounts, row?.preferred_account ?? null)
}

/** As `addressOf`, of many people in few statements; whoever cannot be reached is not among them. */
export async function addressesOf(db: Reads, people: readonly string[]): Promise<Map<string, Address>> {
  const addresses = new Map<string, Address>()
  for (const piece of inPieces([...new Set(people)])) {
    const rows = await db
      .selectFrom('account')
      .innerJoin('person', 'person.id', 'account.person')
      .selectAll('account')
      .select('person.preferred_account')
      .where('account.person', 'in', piece)
      .orderBy('account.linked_at')
      .orderBy('account.platform')
      .orderBy('account.user_id')
      .execute()
    for (const [person, theirs] of Map.groupBy(rows, (row) => row.person)) {
      const accounts = theirs.map((row) => ({
        ...{ platform: row.platform, installation: row.installation, user: row.user_id },
      }))
      const address = choose(accounts, theirs[0]?.preferred_account ?? null)
      if (address) addresses.set(person, address)
    }
  }
  return addresses
}

/** @param accounts in the order in which they were linked. */
function choose(accounts: readonly Account[], preferred: string | null): Address | null {
  const reachable = accounts.filter(isReachable).reverse()
  const account =
    reachable.find((one) => accountKey(one) === preferred) ??
    reachable.find(({ platform }) => platform !== 'web') ??
    reachable[0]
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
