import { afterEach, beforeEach, expect, test } from 'vitest'
import { IntakeWorld } from '../../test/fakes/intake-world.ts'
import { createInbox } from './inbox.ts'

let w: IntakeWorld
beforeEach(async () => {
  w = await IntakeWorld.open()
})
afterEach(() => w.close())

test('a claim that waited for others to write fills the room that there is by then', async () => {
  for (const n of ['1', '2', '3', '4']) await w.intake.take(w.message(n, '问', `chat ${n}`))
  const inbox = createInbox(w.store, [{ platform: 'web' }], 60_000)
  let room = 1
  const held = Promise.withResolvers<void>()
  const writing = w.store.transaction(() => held.promise)
  const claiming = inbox.claim(() => room)
  room = 3
  held.resolve()
  await writing
  expect((await claiming).map(({ key }) => JSON.parse(key).at(-1))).toEqual(['1', '2', '3'])
})
