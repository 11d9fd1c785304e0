import { expect, test } from 'vitest'
import type { Account } from '../../src/chat/incoming.ts'
import { createAccountCode, redeemAccountCode } from '../../src/people/account-codes.ts'
import { accountsOf, createPerson, findPersonByAccount, linkAccount } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const start = new Date('2026-03-01T00:00:00Z')
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
const slack = (user: string): Account => ({ platform: 'slack', installation: 'T1', user })
const feishu: Account = { platform: 'feishu', installation: 't', user: 'on_1' }

/** Somebody who speaks from this account. */
function known(store: Store, name: string, account: Account) {
  return store.transaction(async (trx) => {
    const person = await createPerson(trx, { name })
    await linkAccount(trx, account, person.id, start)
    return person
  })
}

const codeFor = (store: Store, account: Account, now = start) =>
  store.transaction((trx) => createAccountCode(trx, account, now))

async function typed(store: Store, code: string | null, account: Account, now = start): Promise<string> {
  const result = await store.transaction((trx) => redeemAccountCode(trx, code!, account, now))
  return result.outcome
}

/** A code that is none of the given. */
const otherThan = (code: string | null, n = 1) => String((Number(code) + n) % 1_000_000).padStart(6, '0')

describeEachDatabase('a code for another account', (open) => {
  test('links the account where it is typed, once', async () => {
    const { store } = await open()
    const person = await known(store, '张三', feishu)
    const code = await codeFor(store, feishu)
    expect(code).toMatch(/^\d{6}$/)
    const outcomes = await Promise.all(['a', 'b', 'c'].map((user) => typed(store, code, slack(user))))
    expect(outcomes.sort()).toEqual(['linked', 'wrong', 'wrong'])
    const accounts = await accountsOf(store.db, person.id)
    expect(accounts.map(({ platform }) => platform).sort()).toEqual(['feishu', 'slack'])
  })

  test.each([
    [9.99, 'linked'],
    [10, 'wrong'],
  ])('%d minutes after it was shown: %s', async (minutes, outcome) => {
    const { store } = await open()
    await known(store, '张三', feishu)
    const code = await codeFor(store, feishu)
    expect(await typed(store, code, slack('a'), after(minutes))).toBe(outcome)
  })

  test('a new code ends the one before, and a guest gets none', async () => {
    const { store } = await open()
    await known(store, '张三', feishu)
    const first = await codeFor(store, feishu)
    const second = await codeFor(store, feishu)
    expect(await codeFor(store, slack('a'))).toBeNull()
    if (first !== second) expect(await typed(store, first, slack('a'))).toBe('wrong')
    expect(await typed(store, second, slack('a'))).toBe('linked')
  })

  test('an account that is taken stays where it is, and the code can still be used', async () => {
    const { store } = await open()
    await known(store, '张三', feishu)
    const other = await known(store, '李四', slack('b'))
    const code = await codeFor(store, feishu)
    expect(await typed(store, code, slack('b'))).toBe('taken')
    expect(await typed(store, code, feishu)).toBe('same')
    expect((await findPersonByAccount(store.db, slack('b')))?.id).toBe(other.id)
    expect(await typed(store, code, slack('a'))).toBe('linked')
  })

  test('after five wrong ones an account waits ten minutes, also with the right one', async () => {
    const { store } = await open()
    await known(store, '张三', feishu)
    const code = await codeFor(store, feishu)
    for (let n = 1; n <= 5; n++) expect(await typed(store, otherThan(code, n), slack('a'))).toBe('wrong')
    expect(await typed(store, code, slack('a'), after(9))).toBe('too-many')
    expect(await typed(store, code, slack('b'), after(9))).toBe('linked')
    const next = await codeFor(store, feishu, after(10))
    expect(await typed(store, next, slack('a'), after(10))).toBe('linked')
  })

  test('more accounts give no more tries', async () => {
    const { store } = await open()
    await known(store, '张三', feishu)
    const code = await codeFor(store, feishu)
    const outcomes: string[] = []
    for (let n = 1; n <= 31; n++) outcomes.push(await typed(store, otherThan(code, n), slack(`guest-${n}`)))
    expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(30)
    expect(await typed(store, code, slack('one more'))).toBe('too-many')
  })

  test('a guest of the web chat is sent to a sign-in link, and the code can still be used', async () => {
    const { store } = await open()
    await known(store, '张三', feishu)
    const guest: Account = { platform: 'web', installation: 'web', user: 'cookie' }
    const code = await codeFor(store, feishu)
    expect(await typed(store, code, guest)).toBe('use-link')
    expect(await findPersonByAccount(store.db, guest)).toBeNull()
    expect(await typed(store, code, slack('a'))).toBe('linked')
    // Somebody who is signed in there gets codes and is told whose account it is, as anywhere else.
    const signedIn: Account = { platform: 'web', installation: 'web', user: 'session' }
    await known(store, '李四', signedIn)
    expect(await typed(store, await codeFor(store, feishu), signedIn)).toBe('taken')
    expect(await codeFor(store, signedIn)).toMatch(/^\d{6}$/)
  })

  test('is not in the database', async () => {
    const { store } = await open()
    await known(store, '张三', feishu)
    const code = await codeFor(store, feishu)
    const rows = await store.db.selectFrom('account_code').selectAll().execute()
    expect(Object.values(rows[0]!)).not.toContain(code)
  })
})
