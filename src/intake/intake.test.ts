import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { IntakeWorld } from '../../test/fakes/intake-world.ts'
import type { IncomingMessage } from '../chat/incoming.ts'
import { incomingKey } from '../chat/keys.ts'
import { forgetOld } from './forget.ts'
import { intakeLimits } from './limits.ts'

let w: IntakeWorld
beforeEach(async () => {
  w = await IntakeWorld.open()
})
afterEach(() => w.close())

describe('a message', () => {
  test('is kept when take resolves, and worked after', async () => {
    await w.intake.take(w.message('1', '问'))
    expect(await w.inbox()).toMatchObject([{ state: 'waiting', received_at: w.now.toISOString() }])
    expect(w.handled).toEqual([])
    await w.intake.idle()
    expect(w.handled).toEqual(['问'])
    expect(await w.said()).toMatchObject([
      {
        id: `${incomingKey(w.message('1', ''))}#1`,
        text: '答：问',
        reply_to: '1',
        lane: 0,
        open: 0,
        sender: null,
        recipient: JSON.stringify({ type: 'conversation', conversation: w.message('1', '').conversation }),
      },
    ])
    expect(w.woken).toBe(1)
    expect(w.counted).toEqual(['taken web', 'done web'])
    expect(w.steps).toEqual(['received', 'stored', 'claimed', 'worked', 'committed'])
  })

  test('is forgotten but for its ids once it is done', async () => {
    await w.intake.take(w.message('1', '问'))
    await w.intake.idle()
    const [row] = await w.inbox()
    expect(row).toMatchObject({ state: 'done', done_at: w.now.toISOString(), lease_owner: null })
    expect(row!.payload).not.toContain('问')
    expect(JSON.parse(row!.payload)).toMatchObject({ id: '1', account: { user: 'u of c' } })
  })

  test('that comes again is nothing new, waiting or done, for eight days', async () => {
    await Promise.all([w.intake.take(w.message('1', '问')), w.intake.take(w.message('1', '问'))])
    await w.intake.take(w.message('1', '问'))
    await w.intake.idle()
    w.later(8 * 24 * 3600_000 - 1)
    await w.intake.take(w.message('1', '问'))
    await w.intake.idle()
    expect(w.handled).toEqual(['问'])
    expect(await w.inbox()).toHaveLength(1)
    expect(w.counted.filter((one) => one === 'repeated web')).toHaveLength(3)
  })

  test('of another platform or installation with the same id is another message', async () => {
    const other = w.message('1', '二')
    other.account.installation = 'other'
    await w.intake.take(w.message('1', '一'))
    await w.intake.take(other)
    await w.intake.idle()
    expect(w.handled.sort()).toEqual(['一', '二'].sort())
  })

  test('is left to whoever serves its platform or chat', async () => {
    const terminal = w.run(w.echo, { serves: [{ platform: 'terminal', chat: 'mine' }] })
    await w.intake.take(w.message('1', '网页'))
    await w.intake.take(w.message('2', '我的', 'mine', 'terminal'))
    await w.intake.take(w.message('3', '别人的', 'yours', 'terminal'))
    await terminal.idle()
    expect(w.handled).toEqual(['我的'])
    await w.intake.idle()
    expect(w.handled).toEqual(['我的', '网页'])
    await terminal.stop()
  })

  test('carries its files and its time to the handler', async () => {
    const files = [{ name: '附件.pdf', type: 'application/pdf', size: 3, blob: 'abc' }]
    const seen: IncomingMessage[] = []
    const reading = w.run((turn) => {
      seen.push(turn.message)
      return w.echo(turn)
    })
    await w.intake.take({ ...w.message('1', ''), files, group: true })
    await reading.idle()
    expect(seen).toEqual([{ ...w.message('1', ''), files, group: true }])
    await reading.stop()
  })

  test('that the database refuses harms no other', async () => {
    const bad = w.message('bad', '')
    // No row without a platform.
    Object.assign(bad.account, { platform: null })
    const taken = await Promise.allSettled([
      w.intake.take(w.message('0', '零')),
      w.intake.take(w.message('1', '一')),
      w.intake.take(bad),
      w.intake.take(w.message('2', '二')),
    ])
    expect(taken.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    await w.intake.idle()
    expect(w.handled).toEqual(['零', '一', '二'])
  })
})

describe('what is forgotten', () => {
  const warn = (details: object) => {
    w.logged.push(details)
  }
  const forget = () => forgetOld(w.store, intakeLimits, { info: warn, warn, error: warn })
  const day = 24 * 3600_000

  test('is what was done eight days ago, w.counted from its end', async () => {
    await w.intake.take(w.message('1', '旧'))
    await w.intake.idle()
    w.later(4 * day)
    await w.intake.take(w.message('2', '新'))
    await w.intake.idle()
    w.later(4 * day)
    await forget()
    expect(await w.inbox()).toHaveLength(2)
    w.later(1)
    await forget()
    expect((await w.inbox()).map(({ key }) => key)).toEqual([incomingKey(w.message('2', ''))])
    await w.intake.take(w.message('1', '旧'))
    await w.intake.idle()
    expect(w.handled).toEqual(['旧', '新', '旧'])
    expect(w.logged).toEqual([])
  })

  test('is not what still waits, until nobody has come for it in a month', async () => {
    await w.intake.take(w.message('1', '等', 'gone', 'terminal'))
    w.later(30 * day)
    await forget()
    expect(await w.inbox()).toHaveLength(1)
    w.later(1)
    await forget()
    expect(await w.inbox()).toEqual([])
    expect(w.logged).toEqual([{ messages: 1 }])
  })

  test('are answers to interactions', async () => {
    const at = w.now.toISOString()
    await w.store.transaction((trx) =>
      trx.insertInto('interaction').values({ key: 'k', answer: '{}', at }).execute(),
    )
    w.later(8 * day)
    await forget()
    expect(await w.store.db.selectFrom('interaction').selectAll().execute()).toHaveLength(1)
    w.later(1)
    await forget()
    expect(await w.store.db.selectFrom('interaction').selectAll().execute()).toEqual([])
  })
})

describe('the order', () => {
  test('within a conversation is kept; a slow conversation holds up no other', async () => {
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const working = w.run(async (turn) => {
      if (turn.message.text === '慢') {
        begun.resolve()
        await gate.promise
      }
      await w.echo(turn)
    })
    await w.intake.take(w.message('1', '慢', 'a'))
    await w.intake.take(w.message('2', '慢之后', 'a'))
    await w.intake.take(w.message('3', '另一处', 'b'))
    await w.intake.take(w.message('4', '另一处之后', 'b'))
    const idle = working.idle()
    await begun.promise
    while (w.handled.length < 2) await new Promise(setImmediate)
    expect(w.handled).toEqual(['另一处', '另一处之后'])
    gate.resolve()
    await idle
    expect(w.handled.slice(2)).toEqual(['慢', '慢之后'])
    await working.stop()
  })

  test('is kept while an earlier message waits for its next try', async () => {
    let failing = true
    const working = w.run((turn) => {
      if (failing && turn.message.text === '一') throw new Error('once')
      return w.echo(turn)
    })
    await w.intake.take(w.message('1', '一'))
    await w.intake.take(w.message('2', '二'))
    await working.idle()
    expect(w.handled).toEqual([])
    failing = false
    w.later(1000)
    await working.idle()
    expect(w.handled).toEqual(['一', '二'])
    await working.stop()
  })
})
