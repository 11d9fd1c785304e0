import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestStore } from '../../test/store/open-test-store.ts'
import type { IncomingAction } from '../chat/incoming.ts'
import type { RushedPress, RushLane } from '../conversation/feature.ts'
import { PlainError } from '../messages/plain-error.ts'
import type { Store } from '../store/store.ts'
import { createRush } from './rush.ts'

let store: Store
let close: () => Promise<void>
let batches: string[][]
let woken: number
/** What a lane's commit waits for. */
let gate: Promise<void>

beforeEach(async () => {
  const opened = await openTestStore({ clock: () => new Date('2026-03-02T01:00:00Z') })
  store = opened.store
  close = opened.close
  batches = []
  woken = 0
  gate = Promise.resolve()
})
afterEach(() => close())

function open(limits: Partial<Parameters<typeof createRush>[0]['limits']> = {}) {
  const wakeWorkers = () => {
    woken += 1
  }
  const patient = { batch: 200, rushAnswer: 60_000, rushKept: 60_000, ...limits }
  return createRush({ store, wakeWorkers, atStep: () => {}, limits: patient })
}

const press = (id: string): IncomingAction => ({
  ...{ id, type: 'action', action: 'some.thing', value: {}, language: 'zh-CN', at: new Date(0) },
  account: { platform: 'web', installation: '', user: id },
  conversation: { platform: 'web', installation: '', chat: 'c', thread: '' },
})

function lane(changed: Partial<RushLane> = {}): RushLane {
  return {
    async accept(_trx, presses) {
      batches.push(presses.map(idOf))
      await gate
    },
    answer: async (one) => ({ toast: `result ${idOf(one)}` }),
    queued: (one) => ({ toast: `queued ${idOf(one)}` }),
    ...changed,
  }
}
const idOf = ({ action }: RushedPress) => action.id

test('presses that wait together are kept together, in their order, and each gets its own result', async () => {
  const rush = open()
  const one = lane()
  const first = Promise.withResolvers<void>()
  gate = first.promise
  const answers = ['1', '2', '3', '4'].map((id) => rush.answer(one, press(id)))
  first.resolve()
  expect(await Promise.all(answers)).toEqual(['1', '2', '3', '4'].map((id) => ({ toast: `result ${id}` })))
  expect(batches.flat()).toEqual(['1', '2', '3', '4'])
  expect(batches.length).toBeLessThan(4)
  expect(woken).toBe(4)
})

test('a batch takes no more than it may', async () => {
  const rush = open({ batch: 2 })
  const one = lane()
  await Promise.all(['1', '2', '3', '4', '5'].map((id) => rush.answer(one, press(id))))
  expect(Math.max(...batches.map(({ length }) => length))).toBe(2)
  expect(batches.flat()).toEqual(['1', '2', '3', '4', '5'])
})

test('what is not known in time is in the queue', async () => {
  const rush = open({ rushAnswer: 0 })
  const answer: RushLane['answer'] = (_press, within) =>
    new Promise((resolve) => {
      if (within.aborted) resolve(null)
      within.addEventListener('abort', () => resolve(null))
    })
  expect(await rush.answer(lane({ answer }), press('1'))).toEqual({ toast: 'queued 1' })
})

test('what could not be kept in time is refused, and nobody reads that it was received', async () => {
  const rush = open({ rushKept: 0 })
  const held = Promise.withResolvers<void>()
  gate = held.promise
  const answered = rush.answer(lane(), press('1'))
  await expect(answered).rejects.toMatchObject({ key: 'chat:busy' })
  held.resolve()
  await rush.idle()
  expect(batches).toEqual([['1']])
})

test('one that cannot be kept takes no other with it', async () => {
  const rush = open()
  const accept: RushLane['accept'] = async (_trx, presses) => {
    await gate
    if (presses.some((one) => idOf(one) === 'bad')) throw new Error('the database refuses it')
    batches.push(presses.map(idOf))
  }
  const one = lane({ accept })
  const answers = await Promise.allSettled(['1', 'bad', '2'].map((id) => rush.answer(one, press(id))))
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(batches.flat()).toEqual(['1', '2'])
})

test('a plain reason refuses whoever it was given to, once', async () => {
  const rush = open()
  let tries = 0
  const accept = async () => {
    tries += 1
    throw new PlainError('chat:gone')
  }
  await expect(rush.answer(lane({ accept }), press('1'))).rejects.toMatchObject({ key: 'chat:gone' })
  expect(tries).toBe(1)
})

test('a commit whose end is unknown is made once more', async () => {
  const rush = open()
  let tries = 0
  const accept: RushLane['accept'] = async () => {
    tries += 1
    if (tries === 1) throw new Error('the connection broke')
  }
  expect(await rush.answer(lane({ accept }), press('1'))).toEqual({ toast: 'result 1' })
  expect(tries).toBe(2)
})
