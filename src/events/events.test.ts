import { afterEach, beforeEach, expect, test } from 'vitest'
import { othersThan } from '../../test/fakes/other-subscribers.ts'
import { openTestStore } from '../../test/store/open-test-store.ts'
import type { Store } from '../store/store.ts'
import { createEventWorker } from './event-worker.ts'
import type { DomainEvents } from './events.ts'
import { publish } from './publish.ts'

const event: DomainEvents['question.answered'] = { answer: 'a', question: '问', clause: null, by: 'p' }

let store: Store
let close: () => Promise<void>
let now: Date
let handled: object[]
let failing: boolean
let logged: object[]
let counted: string[]

beforeEach(async () => {
  now = new Date('2026-03-02T01:00:00Z')
  handled = []
  failing = false
  logged = []
  counted = []
  const opened = await openTestStore({ clock: () => now })
  store = opened.store
  close = opened.close
})
afterEach(() => close())

const keep = (details: object) => {
  logged.push(details)
}
const createWorker = () =>
  createEventWorker({
    store,
    features: [
      {
        name: 'policy',
        subscriptions: {
          'question.answered': async (trx, given, at) => {
            handled.push({ ...given, at })
            await trx
              .insertInto('person')
              .values({ id: 'p', name: '甲', language: 'en', time_zone: 'UTC', preferred_account: null })
              .execute()
            if (failing) throw new Error('no')
          },
        },
      },
      ...othersThan('policy'),
    ],
    logger: { info: keep, warn: keep, error: keep },
    wakeDelivery: () => {},
    counts: {
      handled: (name) => counted.push(`handled ${name}`),
      failed: (name) => counted.push(`failed ${name}`),
    },
  })
const publishOne = () => store.transaction((trx) => publish(trx, 'question.answered', event, now))
const rows = () => store.db.selectFrom('event').selectAll().execute()
const persons = () => store.db.selectFrom('person').select('id').execute()

test('an event reaches its subscriber once, with the work that it causes', async () => {
  await publishOne()
  const worker = createWorker()
  await Promise.all([worker.round(), createWorker().round()])
  await worker.round()
  expect(handled).toEqual([{ ...event, at: now }])
  expect(await rows()).toMatchObject([{ state: 'done', subscriber: 'policy', attempts: 0 }])
  expect(await persons()).toHaveLength(1)
  expect(counted).toEqual(['handled question.answered'])
})

test('what was not committed has not happened', async () => {
  await expect(
    store.transaction(async (trx) => {
      await publish(trx, 'question.answered', event, now)
      throw new Error('no')
    }),
  ).rejects.toThrow()
  await createWorker().round()
  expect(handled).toEqual([])
})

test('a failing subscriber is tried ten times at growing intervals, and leaves nothing behind', async () => {
  failing = true
  await publishOne()
  const worker = createWorker()
  const pauses: number[] = []
  for (let tries = 1; tries <= 10; tries++) {
    await worker.round()
    expect(handled).toHaveLength(tries)
    // Not before its time.
    await worker.round()
    expect(handled).toHaveLength(tries)
    const due = new Date((await rows())[0]!.due_at)
    pauses.push((due.getTime() - now.getTime()) / 1000)
    now = due
  }
  expect(pauses.slice(0, 4)).toEqual([1, 2, 4, 8])
  await worker.round()
  expect(handled).toHaveLength(10)
  expect(await rows()).toMatchObject([{ state: 'failed', attempts: 10 }])
  expect(await persons()).toEqual([])
  expect(counted).toEqual(['failed question.answered'])
  expect(logged).toHaveLength(10)
})

test('a subscriber that failed once gets the event again', async () => {
  failing = true
  await publishOne()
  const worker = createWorker()
  await worker.round()
  failing = false
  now = new Date(now.getTime() + 1000)
  await worker.round()
  expect(await rows()).toMatchObject([{ state: 'done', attempts: 1 }])
  expect(await persons()).toHaveLength(1)
})

test('features that subscribe to other events than are listed are refused', () => {
  const options = { store, logger: { info: keep, warn: keep, error: keep }, wakeDelivery: () => {} }
  expect(() => createEventWorker({ ...options, features: [] })).toThrow('question.answered policy')
  const subscriptions = { 'question.answered': async () => {} }
  const features = ['policy', 'other'].map((name) => ({ name, subscriptions }))
  expect(() => createEventWorker({ ...options, features })).toThrow('question.answered other')
})
