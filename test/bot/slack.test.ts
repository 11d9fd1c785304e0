import { afterEach, beforeEach, expect, test } from 'vitest'
import { buttonsIn, readIn, SlackPerson } from '../fakes/slack-person.ts'
import { appToken, botToken, FakeSlack, signingSecret } from '../fakes/slack-server.ts'
import type { SlackMessage } from '../fakes/slack-workspace.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { startTestBot, type TestBot } from './running-bot.ts'

const howMany = '多少科技人员应单独组建科协？'
const notSettled = '科协开会的餐费标准是多少'
const patience = { timeout: 20_000 }

for (const transport of ['socket', 'http'] as const) {
  describeEachDatabase(`the whole bot in Slack by ${transport}`, (open) => {
    let fake: FakeSlack
    let bot: TestBot
    let person: SlackPerson

    beforeEach(async () => {
      fake = await FakeSlack.start()
      fake.workspace.isPaced = true
      bot = await startTestBot((await open()).location, () => new Date(), {
        SLACK_BOT_TOKEN: botToken,
        SLACK_API_URL: fake.apiUrl,
        ...(transport === 'socket' ? { SLACK_APP_TOKEN: appToken } : { SLACK_SIGNING_SECRET: signingSecret }),
      })
      if (transport === 'http') fake.target = `${bot.address}/slack/events`
      person = new SlackPerson(fake, '张三')
    })
    afterEach(async () => {
      await bot.stop()
      await fake.stop()
      expect(bot.errors).toEqual([])
    })

    /** Waits until the bot has said the words there. */
    const sees = async (words: string, { channel = person.im, by = person } = {}): Promise<SlackMessage> => {
      const find = () => by.seen(channel).findLast(({ blocks }) => readIn(blocks).includes(words))
      await expect.poll(find, patience).toBeDefined()
      return find()!
    }
    const modal = async (words: string) => {
      await expect.poll(() => readIn(fake.workspace.views.at(-1)?.view), patience).toContain(words)
    }

    test('a question in private is answered by a card, whose clause opens beside it', async () => {
      await person.say(howMany)
      const answer = await sees('应单独组建科协组织')
      const label = buttonsIn(answer.blocks).find(({ text }) => text.text.startsWith('全文'))!.text.text
      await person.press(label, answer)
      await modal('（十）')
      expect(fake.workspace.views.at(-1)!.how).toBe('open')
      const health: unknown = await (await fetch(`${bot.address}/healthz`)).json()
      expect(health).toMatchObject({ slack: { transport, connected: true } })
    })

    test('what the documents do not settle is asked of a person by a form, with a receipt', async () => {
      await person.say(notSettled)
      const refusal = await sees('没有')
      await person.press('请人解答', refusal)
      await modal('请写清楚')
      let response = await person.submit({ question: '' })
      expect(response.response_action).toBe('errors')
      for (let steps = 0; steps < 5 && response.response_action !== 'clear'; steps += 1) {
        response = await person.submit({ question: notSettled })
      }
      expect(response.response_action).toBe('clear')
      await sees('WD-')
    })

    test('two people in one channel get their own answers, each in their own thread', async () => {
      const other = new SlackPerson(fake, '李四')
      const channel = fake.workspace.addChannel(person.user, other.user, 'UBOT')
      await person.say(`<@UBOT> ${howMany}`, channel)
      await other.say('<@UBOT> 企业科协的经费从哪里来？', channel)
      await person.say('没有提到机器人', channel)
      const one = await sees('应单独组建科协组织', { channel })
      const two = await sees('经费', { channel })
      const asked = fake.workspace.messages.filter(({ user }) => user !== 'UBOT')
      expect(one.thread_ts).toBe(asked[0]!.ts)
      expect(two.thread_ts).toBe(asked[1]!.ts)
      expect(asked).toHaveLength(3)
    })

    test('the command is answered in private', async () => {
      const channel = fake.workspace.addChannel(person.user, 'UBOT')
      await fake.command(howMany, person.user, channel)
      await sees('应单独组建科协组织')
      expect(person.seen(channel)).toEqual([])
    })
  })
}
