import { afterEach, describe, expect, test } from 'vitest'
import { translate } from '../../src/messages/translate.ts'
import { appId, appSecret, type FeishuServer, startFeishuServer } from '../fakes/feishu-server.ts'
import { readIn, SlackPerson } from '../fakes/slack-person.ts'
import { appToken, botToken, FakeSlack } from '../fakes/slack-server.ts'
import { FeishuPerson, read } from '../platforms/feishu-stage.ts'
import { freshLocation } from '../store/each-database.ts'
import { startTestBot, type TestBot } from './running-bot.ts'

const academic = '企业科协怎么开展学术交流？'
const popular = '国有企业怎么开放科普资源？'
/** Says nothing by itself: only whoever asked before is understood. */
const vague = '这方面具体怎么做呢？'
const patience = { timeout: 20_000 }

/** A group of two, in which every question begins a thread. */
interface Group {
  /** Asks; in the thread where one is named. Gives the thread. */
  ask(who: 0 | 1, text: string, thread?: string): Promise<string>
  /** What the bot said in a thread, in order. */
  said(thread: string): string[]
}

/** The number of the clause that is named first. */
const firstClause = (card: string) => /（[一二三四五六七八九十]+）/.exec(card)?.[0]

/** On a slow machine it is announced before it comes. */
const isAnswer = (card: string) => !card.includes(translate('zh-CN', 'chat:looking'))

let bot: TestBot
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await bot.stop()
  for (const close of closing.splice(0).reverse()) await close()
  expect(bot.errors).toEqual([])
})

async function openSlackGroup(): Promise<Group> {
  const fake = await FakeSlack.start()
  closing.push(() => fake.stop())
  bot = await startTestBot(await freshLocation('sqlite', closing as (() => Promise<void>)[]), undefined, {
    ...{ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_URL: fake.apiUrl },
  })
  const people = [new SlackPerson(fake, '张三'), new SlackPerson(fake, '李四')]
  const channel = fake.workspace.addChannel(...people.map(({ user }) => user), 'UBOT')
  return {
    async ask(who, text, thread) {
      const more = thread === undefined ? {} : { thread_ts: thread }
      const event = fake.workspace.say(channel, people[who]!.user, `<@UBOT> ${text}`, more)
      await fake.event(event)
      return thread ?? String(event.ts)
    },
    said: (thread) =>
      people[0]!
        .seen(channel)
        .filter(({ thread_ts }) => thread_ts === thread)
        .map(({ blocks }) => readIn(blocks))
        .filter(isAnswer),
  }
}

async function openFeishuGroup(): Promise<Group> {
  const server: FeishuServer = await startFeishuServer()
  closing.push(() => server.close())
  bot = await startTestBot(await freshLocation('sqlite', closing as (() => Promise<void>)[]), undefined, {
    ...{ FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: server.url, FEISHU_MODE: 'ws' },
  })
  const push: FeishuServer['push'] = (...given) => server.push(...given)
  const people = [0, 1].map(() => new FeishuPerson(server, push, { group: 'oc_group' }))
  return {
    async ask(who, text, thread = '') {
      const event = people[who]!.event(text, { root: thread })
      await push('im.message.receive_v1', event)
      return thread || event.message.message_id
    },
    said: (thread) =>
      people[0]!
        .messages()
        .filter((message) => message.thread === thread)
        .map(({ card }) => read(card))
        .filter(isAnswer),
  }
}

for (const [name, open] of [
  ['slack', openSlackGroup],
  ['feishu', openFeishuGroup],
] as const) {
  describe(`two people in one group (${name})`, () => {
    test('are answered in their own threads, where each follow-up knows what its asker asked there', async () => {
      const group = await open()
      const answers = (thread: string, many: number) =>
        expect.poll(() => group.said(thread).length, patience).toBe(many)
      const mine = await group.ask(0, academic)
      const theirs = await group.ask(1, popular)
      await Promise.all([answers(mine, 1), answers(theirs, 1)])
      expect(firstClause(group.said(mine)[0]!)).toBe('（六）')
      expect(firstClause(group.said(theirs)[0]!)).toBe('（八）')

      // Taken up again in the same thread by the same person, and by the other, who has asked nothing there.
      await group.ask(0, vague, mine)
      await answers(mine, 2)
      await group.ask(1, vague, mine)
      await answers(mine, 3)
      const [, understood, notUnderstood] = group.said(mine)
      expect(firstClause(understood!)).toBe('（六）')
      expect(firstClause(notUnderstood!)).not.toBe('（六）')

      // In a thread of its own nothing is known of the other thread.
      const fresh = await group.ask(0, vague)
      await answers(fresh, 1)
      expect(firstClause(group.said(fresh)[0]!)).not.toBe('（六）')
    }, 90_000)
  })
}
