import { afterEach, expect, test, vi } from 'vitest'
import { noForms } from '../../test/fakes/no-forms.ts'
import { openTestStore } from '../../test/store/open-test-store.ts'
import type { IncomingAction } from '../chat/incoming.ts'
import { createSeals } from '../seal/passing.ts'
import { countNothing } from './counts.ts'
import { createAnswer } from './interactions.ts'

const { store, close } = await openTestStore()
afterEach(close)

const place = { platform: 'web', installation: '' }
const click: IncomingAction = {
  ...{ id: '1', type: 'action', action: 'some.thing', value: {}, language: 'en', at: new Date(0) },
  account: { ...place, user: 'u' },
  conversation: { ...place, chat: 'c', thread: '' },
}

test('a click whose commit went through is not refused when the connection breaks then; one that was undone is', async () => {
  const wakeWorkers = vi.fn()
  const log = vi.fn()
  const answer = createAnswer({
    ...{ store, forms: noForms, platforms: [], counts: countNothing, atStep() {}, limit: 60_000 },
    seals: createSeals(null),
    rush: { answer: async () => ({}), idle: async () => {} },
    dispatch: {
      message: async () => {},
      handlerOf: () => ({ reads: false, run: async () => ({ toast: 'done' }) }),
    },
    wakeWorkers,
    logger: { info: log, warn: log, error: log },
  })
  const { transaction } = store
  const broken = new Error('Connection terminated unexpectedly')
  const breaking = vi.spyOn(store, 'transaction')

  breaking.mockRejectedValueOnce(broken)
  await expect(answer(click)).rejects.toThrow('chat:failure')
  expect(wakeWorkers).not.toHaveBeenCalled()

  breaking.mockImplementationOnce(async (work) => {
    await transaction.call(store, work)
    throw broken
  })
  expect(await answer(click)).toEqual({ toast: 'done' })
  expect(wakeWorkers).toHaveBeenCalledOnce()
  expect(log).toHaveBeenCalledTimes(2)
})
