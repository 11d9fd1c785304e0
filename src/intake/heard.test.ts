import { afterEach, beforeEach, expect, test } from 'vitest'
import { IntakeWorld } from '../../test/fakes/intake-world.ts'
import type { IncomingMessage } from '../chat/incoming.ts'
import { forgetOld } from './forget.ts'
import { intakeLimits } from './limits.ts'

let w: IntakeWorld
beforeEach(async () => {
  w = await IntakeWorld.open()
})
afterEach(() => w.close())

const hour = 3_600_000
const start = new Date('2026-03-02T01:00:00Z').getTime()

const said = (id: string, chat: string, hours: number, changes: Partial<IncomingMessage> = {}) => ({
  ...w.message(id, '问', chat, 'slack'),
  vendorChat: `vendor ${chat}`,
  at: new Date(start + hours * hour),
  ...changes,
})

test('conversations in which people spoke, the latest first, with the vendor’s name of the chat', async () => {
  await Promise.all([
    w.intake.take(said('1', 'a', 0)),
    w.intake.take(said('2', 'b', 1, { group: true })),
    // Of two in one commit the later one counts, and of two in two.
    w.intake.take(said('3', 'a', 3)),
    w.intake.take(said('4', 'a', 2)),
  ])
  await w.intake.take(said('5', 'b', 0.5))
  expect(await w.intake.heard('slack')).toEqual([
    {
      conversation: { platform: 'slack', installation: '', chat: 'a', thread: '' },
      group: false,
      vendorChat: 'vendor a',
      latest: new Date(start + 3 * hour),
    },
    {
      conversation: { platform: 'slack', installation: '', chat: 'b', thread: '' },
      group: true,
      vendorChat: 'vendor b',
      latest: new Date(start + hour),
    },
  ])
  expect(await w.intake.heard('feishu')).toEqual([])
})

test('those where nobody spoke for a day before the last are not among them, however long ago that is', async () => {
  await w.intake.take(said('1', 'old', 0))
  await w.intake.take(said('2', 'young', 25))
  w.later(100 * hour)
  const chats = (await w.intake.heard('slack')).map(({ conversation }) => conversation.chat)
  expect(chats).toEqual(['young'])
})

test('a chat whose vendor cannot be asked leaves nothing, and all is forgotten after eight days', async () => {
  const { vendorChat: _, ...unnamed } = said('1', 'a', 0)
  await w.intake.take(unnamed)
  expect(await w.intake.heard('slack')).toEqual([])
  await w.intake.take(said('2', 'b', 0))
  w.later(8 * 24 * hour + 1)
  await forgetOld(w.store, intakeLimits, { info() {}, warn() {}, error() {} })
  expect(await w.intake.heard('slack')).toEqual([])
})
