import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestStore } from '../../test/store/open-test-store.ts'
import { forgetEvents } from './forget.ts'

let opened: Awaited<ReturnType<typeof openTestStore>>
beforeEach(async () => {
  opened = await openTestStore()
})
afterEach(() => opened.close())

test('events that were handled go after eight days; what waits or was given up stays', async () => {
  const { store } = opened
  const now = new Date('2026-03-10T00:00:00Z')
  const event = { name: 'e', subscriber: 's', payload: '{}', attempts: 0, due_at: now.toISOString() }
  const old = '2026-03-01T23:59:59.999Z'
  await store.transaction((trx) =>
    trx
      .insertInto('event')
      .values([
        ...(['waiting', 'done', 'failed'] as const).map((state) => ({ ...event, state, published_at: old })),
        { ...event, name: 'younger', state: 'done', published_at: '2026-03-02T00:00:00.000Z' },
      ])
      .execute(),
  )
  await store.transaction((trx) => forgetEvents(trx, now))
  const left = await store.db.selectFrom('event').select(['name', 'state']).orderBy('position').execute()
  expect(left).toEqual([
    { name: 'e', state: 'waiting' },
    { name: 'e', state: 'failed' },
    { name: 'younger', state: 'done' },
  ])
})
