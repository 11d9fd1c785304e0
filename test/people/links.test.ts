import { expect, test } from 'vitest'
import { PlainError } from '../../src/messages/plain-error.ts'
import { createLink, type LinkPurpose, redeemLink } from '../../src/people/links.ts'
import { createOrganisation, listOrganisations } from '../../src/people/organisations.ts'
import { createPerson } from '../../src/people/people.ts'
import { createSession, endSession, readSession } from '../../src/people/sessions.ts'
import { extendSession, foundHouse } from '../../src/people/sign-in.ts'
import type { Store } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const start = new Date('2026-03-01T00:00:00Z')
const after = (milliseconds: number) => new Date(start.getTime() + milliseconds)
const minutes = 60_000

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof PlainError) return error.key
    throw error
  }
}

async function invite(store: Store, purpose: LinkPurpose = 'sign-in') {
  return store.transaction(async (trx) => {
    const person = await createPerson(trx, { name: '张三' })
    const token = await createLink(trx, { person: person.id, purpose, validFor: 5 * minutes, now: start })
    return { person, token }
  })
}

function redeem(store: Store, token: string, now: Date) {
  return store.transaction((trx) => redeemLink(trx, token, now))
}

describeEachDatabase('a link', (open) => {
  test('opens once, however many come at the same moment', async () => {
    const { store, location } = await open()
    const { store: other } = await open({ at: location })
    const { person, token } = await invite(store)
    const tries = Array.from({ length: 20 }, (_, i) => redeem(i % 2 ? store : other, token, after(1)))
    const settled = await Promise.allSettled(tries)
    const opened = settled.filter((one) => one.status === 'fulfilled')
    expect(opened.map((one) => one.value)).toEqual([{ person: person.id, purpose: 'sign-in' }])
    const refused = settled.filter((one) => one.status === 'rejected')
    expect(new Set(refused.map((one) => (one.reason as PlainError).key))).toEqual(
      new Set(['people:link.used']),
    )
  })

  test.each([
    [5 * minutes - 1, 'done'],
    [5 * minutes, 'people:link.expired'],
    [500 * minutes, 'people:link.expired'],
  ])('valid for five minutes, %i ms after it was made: %s', async (elapsed, outcome) => {
    const { store } = await open()
    const { token } = await invite(store)
    expect(await outcomeOf(redeem(store, token, after(elapsed)))).toBe(outcome)
  })

  test('stays used after its time, and is still there when what it was for failed', async () => {
    const { store } = await open()
    const { token } = await invite(store)
    const failing = store.transaction(async (trx) => {
      await redeemLink(trx, token, after(1))
      throw new PlainError('people:account.taken')
    })
    expect(await outcomeOf(failing)).toBe('people:account.taken')
    expect(await outcomeOf(redeem(store, token, after(2)))).toBe('done')
    expect(await outcomeOf(redeem(store, token, after(9 * minutes)))).toBe('people:link.used')
  })

  test('is not in the database, and another token is none', async () => {
    const { store } = await open()
    const { token } = await invite(store, 'console')
    expect(token).toMatch(/^[\w-]{22}$/)
    const rows = JSON.stringify(await store.db.selectFrom('sign_in_link').selectAll().execute())
    expect(rows).not.toContain(token)
    const wrong = token.slice(0, -1) + (token.endsWith('A') ? 'Q' : 'A')
    expect(await outcomeOf(redeem(store, wrong, after(1)))).toBe('people:link.unknown')
    expect(await outcomeOf(redeem(store, '', after(1)))).toBe('people:link.unknown')
  })
})

describeEachDatabase('the first link', (open) => {
  test('takes the organisation that is there, however its name is spaced', async () => {
    const { store } = await open()
    const house = await store.transaction(async (trx) => {
      await createOrganisation(trx, { name: '华北重工', kind: 'group', parent: null })
      const validFor = 5 * minutes
      const token = await createLink(trx, { person: null, purpose: 'first-admin', validFor, now: start })
      const given = { name: '周建国', organisation: ' 华北　重工', kind: 'group' as const }
      await foundHouse(trx, token, given, after(1))
      return listOrganisations(trx)
    })
    expect(house.map(({ name }) => name)).toEqual(['华北重工'])
  })
})

describeEachDatabase('a session', (open) => {
  test('holds until its time or its end', async () => {
    const { store } = await open()
    const account = { platform: 'web', installation: 'web', user: 'u' }
    const { person, token, csrf } = await store.transaction(async (trx) => {
      const { id } = await createPerson(trx, { name: '张三' })
      return createSession(trx, { person: id, account, validFor: 5 * minutes, now: start })
    })
    expect(csrf).not.toBe(token)
    expect(await readSession(store.db, token, after(5 * minutes - 1))).toEqual({
      person,
      account: '["web","web","u"]',
      csrf,
      expiresAt: after(5 * minutes),
    })
    expect(await readSession(store.db, token, after(5 * minutes))).toBeNull()
    expect(await readSession(store.db, csrf, after(1))).toBeNull()
    // What has ended is not prolonged by a request that came in its last moment.
    await store.transaction((trx) => extendSession(trx, token, after(9 * minutes), after(5 * minutes)))
    expect(await readSession(store.db, token, after(5 * minutes))).toBeNull()
    expect(JSON.stringify(await store.db.selectFrom('web_session').selectAll().execute())).not.toContain(
      token,
    )
    await store.transaction((trx) => endSession(trx, token))
    expect(await readSession(store.db, token, after(1))).toBeNull()
  })
})
