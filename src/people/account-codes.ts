import { randomInt, randomUUID } from 'node:crypto'
import type { Account } from '../chat/incoming.ts'
import { accountKey } from '../chat/keys.ts'
import { contentHash } from '../store/content-hash.ts'
import type { Trx } from '../store/store.ts'
import { findPersonByAccount, linkAccount, type Person } from './people.ts'

/** How long a code holds, in milliseconds; wrong ones are remembered as long. */
const validFor = 10 * 60_000
export const codeDigits = 6
/** Wrong codes within that time: from one account, and from all, since a guest can have any number of accounts. */
const missesOfAccount = 5
const missesOfAll = 30

/**
 * A code that links the account where it is typed to the person of this one. A new code ends the one before.
 * Null where the account is a guest's: whoever gets a code lends what they are, so a guest has none to give.
 */
export async function createAccountCode(trx: Trx, account: Account, now: Date): Promise<string | null> {
  if (!(await findPersonByAccount(trx, account))) return null
  const { platform, installation, user } = account
  await trx
    .deleteFrom('account_code')
    .where((where) =>
      where.or([
        where('expires_at', '<=', now.toISOString()),
        where.and([
          where('platform', '=', platform),
          where('installation', '=', installation),
          where('user_id', '=', user),
        ]),
      ]),
    )
    .execute()
  for (;;) {
    const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0')
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('account_code')
      .values({
        code_hash: contentHash(code),
        platform,
        installation,
        user_id: user,
        created_at: now.toISOString(),
        expires_at: new Date(now.getTime() + validFor).toISOString(),
        used_at: null,
      })
      .onConflict((conflict) => conflict.column('code_hash').doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 1n) return code
  }
}

/**
 * What typing a code came to. `wrong`: there is no such code, or no longer. `too-many`: wrong ones were typed too
 * often to try another now. `same`: the account already is that person's; `taken`: it is another person's.
 * `use-link`: a guest of the web chat, whose account is a cookie that nobody can sign out; a link opens a session.
 */
export type CodeOutcome =
  | { outcome: 'linked' | 'same'; person: Person }
  | { outcome: 'wrong' | 'too-many' | 'taken' | 'use-link' }

/**
 * Links the account to the person whose code it is; a code that links is used up. Nothing is thrown for a wrong
 * code: that would undo that it was counted.
 */
export async function redeemAccountCode(
  trx: Trx,
  code: string,
  account: Account,
  now: Date,
): Promise<CodeOutcome> {
  const owner = await findPersonByAccount(trx, account)
  if (!owner && account.platform === 'web') return { outcome: 'use-link' }
  const at = now.toISOString()
  const key = accountKey(account)
  const since = new Date(now.getTime() - validFor).toISOString()
  await trx.deleteFrom('account_code_miss').where('at', '<=', since).execute()
  const misses = await trx.selectFrom('account_code_miss').select('account').execute()
  const own = misses.filter((miss) => miss.account === key).length
  if (own >= missesOfAccount || misses.length >= missesOfAll) return { outcome: 'too-many' }
  const found = await trx
    .selectFrom('account_code')
    .selectAll()
    .where('code_hash', '=', contentHash(code))
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  const person =
    found &&
    (await findPersonByAccount(trx, {
      platform: found.platform,
      installation: found.installation,
      user: found.user_id,
    }))
  if (!person) {
    await trx.insertInto('account_code_miss').values({ id: randomUUID(), account: key, at }).execute()
    return { outcome: 'wrong' }
  }
  if (owner) return owner.id === person.id ? { outcome: 'same', person } : { outcome: 'taken' }
  await trx
    .updateTable('account_code')
    .set({ used_at: at })
    .where('code_hash', '=', found.code_hash)
    .execute()
  await linkAccount(trx, account, person.id, now)
  return { outcome: 'linked', person }
}
