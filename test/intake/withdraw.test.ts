import { expect, test } from 'vitest'
import type { IncomingMessage } from '../../src/chat/incoming.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { createIntake } from '../../src/intake/intake.ts'
import { amend, withdraw } from '../../src/intake/withdraw.ts'
import { noForms } from '../fakes/no-forms.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const conversation = { platform: 'feishu', installation: 't', chat: 'on_1', thread: '' }
const account = { platform: 'feishu', installation: 't', user: 'on_1' }
const said = (id: string): IncomingMessage => ({
  ...{ type: 'message', id, text: `秘密 ${id}`, account, conversation, language: 'zh-CN', at: new Date(0) },
})

describeEachDatabase('what is taken back', (open) => {
  test('is not worked and not answered any more, and is not kept; everything else is', async () => {
    const { store } = await open()
    const handled: string[] = []
    const intake = createIntake({
      store,
      forms: noForms,
      platforms: [],
      serves: [{ platform: 'feishu' }],
      wakeWorkers() {},
      logger: { info() {}, warn() {}, error() {} },
      dispatch: {
        handlerOf: () => {
          throw new Error('no clicks')
        },
        message: async (turn) => {
          handled.push(turn.message.id)
          await turn.commit(async () => {})
        },
      },
    })
    for (const id of ['om_1', 'om_2']) await intake.take(said(id))
    await store.transaction(async (trx) => {
      const now = await store.now(trx)
      const to = { type: 'conversation' as const, conversation }
      for (const replyTo of ['om_1', 'om_2', null]) {
        await enqueue(trx, {
          ...{ id: `to ${replyTo}`, to, card: { tone: 'info', blocks: [] }, lane: 'reply', replyTo, now },
        })
      }
    })
    // Whoever takes it back is not named by every platform.
    await withdraw(store, { id: 'om_1', account: { ...account, user: '' } })
    await withdraw(store, { id: 'om_unknown', account })
    const rows = await store.db.selectFrom('inbox').select(['state', 'payload']).orderBy('position').execute()
    expect(rows.map(({ state }) => state)).toEqual(['done', 'waiting'])
    expect(rows[0]!.payload).not.toContain('秘密')
    const sending = await store.db.selectFrom('outbox').select(['id', 'state']).orderBy('seq').execute()
    expect(sending).toEqual([
      { id: 'to om_1', state: 'superseded' },
      { id: 'to om_2', state: 'waiting' },
      { id: 'to null', state: 'waiting' },
    ])
    // Pushed again, it is known.
    await intake.take(said('om_1'))
    await intake.start()
    await intake.idle()
    expect(handled).toEqual(['om_2'])
    await intake.stop()
  })

  test('changed words count while nobody works the message, and not after', async () => {
    const { store } = await open()
    const handled: string[] = []
    const begun = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const intake = createIntake({
      ...{ store, forms: noForms, platforms: [], serves: [{ platform: 'feishu' }], wakeWorkers() {} },
      logger: { info() {}, warn() {}, error() {} },
      dispatch: {
        handlerOf: () => {
          throw new Error('no clicks')
        },
        message: async (turn) => {
          handled.push(turn.message.text)
          begun.resolve()
          await gate.promise
          await turn.commit(async (_trx, say) => {
            await say({ tone: 'info', blocks: [] })
          })
        },
      },
    })
    const changed = (text: string) => amend(store, { id: 'om_1', account: { ...account, user: '' }, text })
    expect(await changed('早')).toBe(false)
    await intake.take(said('om_1'))
    expect(await changed('改')).toBe(true)
    await intake.start()
    await begun.promise
    expect(await changed('晚')).toBe(false)
    gate.resolve()
    await intake.idle()
    expect(await changed('更晚')).toBe(false)
    expect(handled).toEqual(['改'])
    await intake.stop()
  })
})
