import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakePlatform } from '../../test/fakes/fake-platform.ts'
import { IntakeWorld, noteCard } from '../../test/fakes/intake-world.ts'
import type { Turn } from '../conversation/feature.ts'
import { createDelivery, type Delivery } from '../delivery/worker.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import { intakeLimits } from './limits.ts'
import { createNotices, type Notices } from './notices.ts'

const looking = translate('zh-CN', 'chat:looking')
const logger = { info() {}, warn() {}, error() {} }
const serves = [{ platform: 'web' }]

let w: IntakeWorld
let platform: FakePlatform
let notices: Notices
let delivery: Delivery
beforeEach(async () => {
  w = await IntakeWorld.open()
  platform = new FakePlatform({ name: 'web' })
  const options = { store: w.store, serves, platforms: [platform], logger }
  notices = createNotices({ ...options, wakeWorkers() {}, limits: intakeLimits })
  delivery = createDelivery(options)
})
afterEach(() => w.close())

/** What people have seen at last, message by message. */
const shown = () =>
  [...platform.shown.values()].map((card) => /"text":"([^"]*)"/.exec(JSON.stringify(card))?.[1])
/** The message waits for three seconds, and whoever looks tells its writer. */
const waitLong = async (text = '问') => {
  await w.intake.take(w.message('1', text))
  w.later(3000)
  await notices.sweep()
  await delivery.idle()
}
const handle = async (handler: (turn: Turn) => Promise<void>) => {
  const working = w.run(handler)
  for (let tries = 0; tries < 4; tries++) {
    await working.idle()
    w.later(10_000)
  }
  await working.stop()
  await delivery.idle()
}

test('what waits for long is announced once, and its answer takes that place', async () => {
  await waitLong()
  expect(shown()).toEqual([looking])
  await notices.sweep()
  await handle(w.echo)
  expect(shown()).toEqual(['答：问'])
  expect(platform.made.map(({ operation }) => operation.name)).toEqual(['send', 'edit'])
  expect(platform.made[0]!.operation).toMatchObject({ open: true, replyTo: '1' })
})

test('what is answered soon is not announced, nor what was answered before anybody looked', async () => {
  await w.intake.take(w.message('1', '问'))
  w.later(intakeLimits.noticeAfter - 1)
  expect(await notices.sweep()).toBe(true)
  await w.intake.idle()
  w.later(10_000)
  expect(await notices.sweep()).toBe(false)
  await delivery.idle()
  expect(shown()).toEqual(['答：问'])
})

test('an answer that comes before the announcement was sent goes out alone', async () => {
  await w.intake.take(w.message('1', '问'))
  w.later(3000)
  await notices.sweep()
  await handle(w.echo)
  expect(platform.made.map(({ operation }) => operation.name)).toEqual(['send'])
  expect(shown()).toEqual(['答：问'])
})

test('of several in one conversation the one whose turn it is is announced', async () => {
  await w.intake.take(w.message('1', '一'))
  await w.intake.take(w.message('2', '二'))
  await w.intake.take(w.message('3', '三', 'other'))
  w.later(3000)
  await notices.sweep()
  await delivery.idle()
  expect(platform.made.map(({ operation }) => operation.replyTo)).toEqual(['1', '3'])
})

test('further cards follow, and what is edited later is edited in its place', async () => {
  await waitLong()
  await handle(async (turn) => {
    let said = ''
    await turn.commit(async (_trx, say) => {
      said = await say(noteCard('初稿'), { open: true })
      await say(noteCard('附言'))
    })
    await turn.edit(said, noteCard('定稿'))
  })
  expect(shown()).toEqual(['定稿', '附言'])
})

test('an answer that goes elsewhere is announced in the conversation, and a receipt there takes the place', async () => {
  const account = { platform: 'web', installation: '', user: 'x' }
  await waitLong()
  await handle((turn) =>
    turn.commit(async (_trx, say) => {
      await say(noteCard('密'), { to: { type: 'account', account } })
    }),
  )
  expect(shown()).toEqual([translate('zh-CN', 'chat:sent-alone'), '密'])
  await w.intake.take(w.message('2', '再问'))
  w.later(3000)
  await notices.sweep()
  await delivery.idle()
  await handle((turn) =>
    turn.commit(async (_trx, say) => {
      await say(noteCard('密二'), { to: { type: 'account', account } })
      await say(noteCard('已转达'))
    }),
  )
  expect(shown().sort()).toEqual([translate('zh-CN', 'chat:sent-alone'), '密', '密二', '已转达'].sort())
})

test.each([
  ['a plain refusal', new PlainError('chat:gone'), 'chat:gone'],
  ['an apology after three tries', new Error('secret'), 'chat:failure'],
] as const)('%s takes the place too', async (_what, error, key) => {
  await waitLong()
  await handle(async () => {
    throw error
  })
  expect(shown()).toEqual([translate('zh-CN', key)])
})

test('what is taken back while it waits is not left looking', async () => {
  await waitLong()
  await w.intake.withdraw(w.message('1', ''))
  await delivery.idle()
  expect(shown()).toEqual([translate('zh-CN', 'chat:withdrawn')])
  // Also where the answer had not gone out yet.
  await w.intake.take(w.message('2', '再问'))
  w.later(3000)
  await notices.sweep()
  await delivery.idle()
  await w.intake.idle()
  await w.intake.withdraw(w.message('2', ''))
  await delivery.idle()
  expect(shown()).toEqual([translate('zh-CN', 'chat:withdrawn'), translate('zh-CN', 'chat:withdrawn')])
})

test('an announcement that never arrived is given up, and the answer is said by itself', async () => {
  platform.fate = ({ open }) => (open ? 'bad-input' : 'ok')
  await waitLong()
  expect(shown()).toEqual([])
  await handle(w.echo)
  expect(shown()).toEqual(['答：问'])
  const states = (await w.said()).map(({ state }) => state)
  expect(states).toEqual(['superseded', 'sent'])
})

test('where nothing can be edited the answer follows', async () => {
  Object.assign(platform.abilities, { updatesCards: false })
  await waitLong()
  await handle(w.echo)
  expect(shown()).toEqual([looking, '答：问'])
})

test('a surface that shows by itself that it waits is told nothing', async () => {
  Object.assign(platform.abilities, { showsWaiting: true })
  const quiet = createNotices({
    ...{ store: w.store, serves, platforms: [platform], logger, limits: intakeLimits, wakeWorkers() {} },
  })
  await w.intake.take(w.message('1', '问'))
  w.later(3000)
  expect(await quiet.sweep()).toBe(false)
  expect(await w.said()).toEqual([])
})

test('an answer that comes ten minutes late says so, and keeps saying so when it is edited', async () => {
  await w.intake.take(w.message('1', '问'))
  w.later(10 * 60_000 + 1)
  await handle(async (turn) => {
    let said = ''
    await turn.commit(async (_trx, say) => {
      said = await say(noteCard('初稿'), { open: true })
      await say(noteCard('附言'))
    })
    await turn.edit(said, noteCard('定稿'))
  })
  const late = { type: 'note', text: translate('zh-CN', 'chat:late') }
  const [first, second] = [...platform.shown.values()]
  expect(first!.blocks).toEqual([...noteCard('定稿').blocks, late])
  expect(second!.blocks).toEqual(noteCard('附言').blocks)
})

test('a running intake looks by itself', async () => {
  const gate = Promise.withResolvers<void>()
  const running = w.run(
    async (turn) => {
      await gate.promise
      await w.echo(turn)
    },
    { platforms: [platform], limits: { noticeAfter: 0, noticeEvery: 1 } },
  )
  await running.start()
  await running.take(w.message('1', '问'))
  await expect.poll(() => w.texts()).toEqual([looking])
  gate.resolve()
  await running.idle()
  expect(await w.texts()).toEqual(['答：问'])
  await running.stop()
})
