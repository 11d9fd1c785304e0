import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Platform } from '../../src/chat/platform.ts'
import { createIntake, type RunningIntake } from '../../src/intake/intake.ts'
import { noteCard } from '../fakes/intake-world.ts'
import { noForms } from '../fakes/no-forms.ts'
import { openTestStore } from '../store/open-test-store.ts'
import {
  type MissedMessenger,
  openFeishuMessenger,
  openSlackMessenger,
  type Place,
} from './missed-messenger.ts'

const second = 1000
const hour = 3600 * second
const patience = { timeout: 20_000 }

for (const [name, open] of [
  ['slack', openSlackMessenger],
  ['feishu', openFeishuMessenger],
] as const) {
  describe(`what was said while nothing came through (${name})`, () => {
    let now: number
    let store: Awaited<ReturnType<typeof openTestStore>>
    let messenger: MissedMessenger
    let intake: RunningIntake
    let platform: Platform & { health(): { fetched: number } }
    /** What was answered, and in which thread. */
    let answered: { text: string; thread: string; at: number }[]
    let warned: string[]

    const clock = () => new Date(now)
    beforeEach(async () => {
      now = new Date('2026-03-02T01:00:00Z').getTime()
      answered = []
      warned = []
      store = await openTestStore({ clock })
      messenger = await open({
        ...{ blobs: store.blobs, clock },
        logger: { info() {}, warn: (_details, message) => warned.push(message), error() {} },
      })
    })
    afterEach(async () => {
      await stop()
      await messenger.close()
      await store.close()
    })

    async function start(): Promise<void> {
      intake = createIntake({
        ...{ store: store.store, forms: noForms, platforms: [], serves: [{ platform: name }] },
        wakeWorkers() {},
        logger: { info() {}, warn() {}, error() {} },
        dispatch: {
          handlerOf: () => {
            throw new Error('no clicks')
          },
          async message(turn) {
            const { text, conversation, at } = turn.message
            answered.push({ text, thread: conversation.thread, at: at.getTime() })
            await turn.commit(async (_trx, say) => void (await say(noteCard(text))))
          },
        },
      })
      await intake.start()
      platform = await messenger.connect(intake)
    }
    async function stop(): Promise<void> {
      await platform.stop()
      await intake.stop()
    }
    const texts = () => answered.map(({ text }) => text)
    const answers = (...expected: string[]) => expect.poll(texts, patience).toEqual(expected)
    const say = (text: string, place?: Place) => {
      now += second
      return messenger.say(text, place)
    }
    const miss = (text: string, place?: Place) => {
      now += second
      return messenger.miss(text, place)
    }
    /** Asked for all of it: what is said now comes after. */
    const settle = async (...expected: string[]) => {
      await say('最后')
      await answers(...expected, '最后')
    }

    test('is answered once and in order when the line is there again, though it is pushed too', async () => {
      await start()
      await say('一')
      await answers('一')
      const times = [miss('二'), miss('三')].map(() => now)
      messenger.cut()
      await answers('一', '二', '三')
      expect(answered[2]!.at).toBe(times[1])
      await messenger.pushAgain()
      await settle('一', '二', '三')
      expect(platform.health().fetched).toBe(2)
      expect(warned.filter((message) => message.includes('meanwhile'))).toEqual([])
    })

    test('is answered after a restart, what was said to others or taken back is not', async () => {
      await start()
      const root = '问'
      await say(root, { group: true })
      await say('私下')
      await answers('问', '私下')
      const { thread } = answered[0]!
      await stop()
      miss('闲谈', { among: true })
      miss('另问', { group: true })
      miss('追问', { under: thread })
      const withdrawn = miss('撤回')
      messenger.takeBack(withdrawn)
      miss('再问')
      await start()
      await expect
        .poll(() => texts().toSorted(), patience)
        .toEqual(['再问', '另问', '私下', '追问', '问'].toSorted())
      expect(answered.find(({ text }) => text === '追问')!.thread).toBe(thread)
      expect(answered.find(({ text }) => text === '另问')!.thread).not.toBe(thread)
      await messenger.pushAgain().catch(() => {})
      expect(texts().filter((text) => text !== '撤回')).toHaveLength(5)
      expect(platform.health().fetched).toBe(3)
    })

    test('in a thread that began meanwhile is answered too', async () => {
      await start()
      await say('问', { group: true })
      await answers('问')
      await stop()
      const root = miss('另问', { group: true })
      miss('追问', { under: root })
      await start()
      await answers('问', '另问', '追问')
      expect(answered[2]!.thread).toBe(answered[1]!.thread)
    })

    test('more than a day ago is not answered any more', async () => {
      await start()
      await say('一')
      await answers('一')
      await stop()
      miss('太久')
      now += 25 * hour
      miss('不久')
      await start()
      await settle('一', '不久')
    })

    test('is read page after page', async () => {
      await start()
      await say('一')
      await answers('一')
      await stop()
      const missed = Array.from({ length: 7 }, (_, at) => `第${at}问`)
      for (const text of missed) miss(text)
      messenger.longestPage = 3
      await start()
      await answers('一', ...missed)
      expect(messenger.asked()).toBe(3)
    })

    test.each(['too-often', 'gone', 'no-right'] as const)(
      'is asked for by a call that fails: %s',
      async (how) => {
        await start()
        await say('一')
        await answers('一')
        await stop()
        miss('二')
        messenger.refuse(how)
        await start()
        const isMissing = how !== 'too-often'
        await settle(...(isMissing ? ['一'] : ['一', '二']))
        expect(warned.filter((message) => message.includes('right'))).toHaveLength(how === 'no-right' ? 1 : 0)
      },
    )

    test('is unknown in chats where nobody ever spoke to the bot', async () => {
      messenger.miss('初次')
      await start()
      expect(messenger.asked()).toBe(0)
      expect(platform.health().fetched).toBe(0)
    })
  })
}
