import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appId, appSecret, type FeishuServer, startFeishuServer } from '../fakes/feishu-server.ts'
import { FeishuPerson, type Push, pushTo, read, secrets, type Transport } from '../platforms/feishu-stage.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'
import { startTestBot, type TestBot } from './running-bot.ts'

const howMany = '多少科技人员应单独组建科协？'
const notSettled = '科协开会的餐费标准是多少'
const patience = { timeout: 20_000 }

describeEachDatabase('the whole bot in Feishu', (open, dialect) => {
  let opened: OpenedStore
  let server: FeishuServer
  let bot: TestBot
  let push: Push

  const start = async (transport: Transport) => {
    opened = await open()
    server = await startFeishuServer()
    bot = await startTestBot(opened.location, () => new Date(), {
      FEISHU_APP_ID: appId,
      FEISHU_APP_SECRET: appSecret,
      FEISHU_DOMAIN: server.url,
      FEISHU_MODE: transport,
      FEISHU_ENCRYPT_KEY: secrets.encryptKey,
      FEISHU_VERIFICATION_TOKEN: secrets.verificationToken,
    })
    push =
      transport === 'ws'
        ? (...given) => server.push(...given)
        : pushTo(`${bot.address}/feishu/events`, () => new Date())
  }
  afterEach(async () => {
    await bot.stop()
    await server.close()
    expect(bot.errors).toEqual([])
  })

  const meet = (options: { group?: string; union?: string } = {}) => new FeishuPerson(server, push, options)
  /** Waits until a card in the person's chat holds the words. */
  const sees = async (person: FeishuPerson, words: string) => {
    await expect.poll(() => person.shown(), patience).toContain(words)
    return person.messages().findLast(({ card }) => read(card).includes(words))!
  }

  for (const transport of ['ws', 'http'] as const) {
    // One database is enough for the second transport.
    if (transport === 'http' && dialect === 'postgres') continue
    describe(transport, () => {
      beforeEach(() => start(transport))

      test('answers a question, opens the clause, and says in /healthz how it is connected', async () => {
        const person = meet()
        await person.say(howMany, { message_id: 'om_question' })
        const answer = await sees(person, '应单独组建科协组织')
        expect(answer.replyTo).toBe('om_question')
        expect(await person.press('全文：')).toContain('（十）')
        const health: unknown = await (await fetch(`${bot.address}/healthz`)).json()
        expect(health).toMatchObject({ feishu: { transport, connected: true, refused: {} } })
      })

      test('takes a question to somebody by a form, and gives a receipt', async () => {
        const person = meet()
        await person.say('请人解答')
        await sees(person, '由专人答复')
        const form = await person.press('填写问题')
        expect(form).toContain('下一步')
        const looked = await person.click('下一步', {
          question: notSettled,
          background: '',
          urgency: 'normal',
        })
        expect(read(looked.card)).toContain(notSettled)
        const sent = await person.click('提交')
        expect(read(sent.card)).toContain('WD-')
        await sees(person, '回执码')
        const request = await opened.store.db.selectFrom('help_request').selectAll().execute()
        expect(request).toMatchObject([{ question: notSettled }])
      })
    })
  }

  test('keeps two people in one group apart, and answers a mention in its thread', async () => {
    await start('ws')
    const [one, two] = [meet({ group: 'oc_group' }), meet({ group: 'oc_group' })]
    await one.say(howMany, { message_id: 'om_one' })
    await two.say('企业科协的经费从哪里来？', { message_id: 'om_two' })
    await one.say('谁来吃饭？', { mention: false })
    // On a slow machine both are announced before they come.
    for (const words of ['单独组建', '经费']) await sees(one, words)
    expect(one.messages()).toHaveLength(2)
    for (const [root, words] of [
      ['om_one', '单独组建'],
      ['om_two', '经费'],
    ] as const) {
      const answer = one.messages().find(({ thread }) => thread === root)!
      expect(answer.replyTo).toBe(root)
      expect(read(answer.card)).toContain(words)
    }
    // A follow-up in the thread belongs to the question that it hangs on.
    await one.say('那么少于这个数呢？', { root: 'om_one' })
    await expect.poll(() => one.messages().length, patience).toBe(3)
    expect(one.messages().at(-1)!.thread).toBe('om_one')
  })
})
