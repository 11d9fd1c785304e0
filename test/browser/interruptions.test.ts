import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ChatStage } from './chat-stage.ts'
import { createCuttableProxy } from './cuttable-proxy.ts'

let stage: ChatStage
const visit: ChatStage['visit'] = (...given) => stage.visit(...given)

beforeAll(async () => {
  stage = await ChatStage.open()
})
afterAll(() => stage?.close())
afterEach(() => stage.clear())

describe('interruptions', () => {
  it('keeps the conversation and what is being typed over a reload', async () => {
    const chat = await visit()
    await chat.ask('多少人？')
    await chat.question.fill('还没写完')
    await chat.page.reload()
    await chat.finished()
    expect(await chat.questions.textContent()).toContain('多少人？')
    expect(await chat.question.inputValue()).toBe('还没写完')
    await chat.question.fill('')
    await chat.ask('那呢？')
    expect(stage.bot.heard[1]!.thread).toBe(stage.bot.heard[0]!.thread)
  })

  it('follows the answer that was under way when the page was reloaded', async () => {
    const gate = Promise.withResolvers<void>()
    stage.bot.gate = gate.promise
    const chat = await visit()
    await chat.send('多少人？')
    await chat.lastAnswer.locator('mark').waitFor()
    await chat.page.reload()
    await chat.lastAnswer.locator('mark').waitFor()
    gate.resolve()
    await chat.finished()
    expect(stage.bot.heard).toHaveLength(1)
  })

  it('gets the end of an answer whose connection was cut', async () => {
    const gate = Promise.withResolvers<void>()
    stage.bot.gate = gate.promise
    const proxy = await createCuttableProxy(stage.address)
    try {
      const chat = await visit({}, proxy.address)
      await chat.send('多少人？')
      await chat.lastAnswer.locator('mark').waitFor()
      proxy.cut()
      gate.resolve()
      await chat.finished()
      expect(await chat.lastAnswer.locator('table').count()).toBe(1)
      expect(stage.bot.heard).toHaveLength(1)
    } finally {
      await proxy.close()
    }
  })

  it('says so when the network is down, keeps the question, and sends it on request', async () => {
    const chat = await visit()
    await chat.page.context().setOffline(true)
    await chat.send('多少人？')
    await chat.button('重试').waitFor()
    expect(await chat.lastAnswer.textContent()).toContain('网络不通')
    expect(await chat.questions.textContent()).toContain('多少人？')
    await chat.page.context().setOffline(false)
    await chat.button('重试').click()
    await chat.finished()
    expect(await chat.answers.count()).toBe(1)
    expect(stage.bot.heard.map(({ what }) => what)).toEqual(['多少人？'])
  })

  it('says how long to wait when asked too often, and keeps the question', async () => {
    const strict = await stage.startWeb(1)
    try {
      const chat = await visit({}, strict.address)
      await chat.ask('第一个')
      await chat.send('第二个')
      await chat.button('重试').waitFor()
      expect(await chat.lastAnswer.textContent()).toMatch(/请 \d+ 秒后再试/)
      expect(await chat.questions.last().textContent()).toContain('第二个')
    } finally {
      await strict.stop()
    }
  })

  it('shows the conversation in another tab and what is said in either, in both', async () => {
    const one = await visit()
    await one.ask('多少人？')
    const other = await stage.secondTab(one)
    await other.finished()
    expect(await other.questions.textContent()).toContain('多少人？')
    await other.ask('那我们只有86人呢？')
    await one.finished(one.answers.nth(1))
    expect(await one.questions.count()).toBe(2)
    expect(await one.answers.nth(1).textContent()).toContain('不必单独组建')
    expect(stage.bot.heard[1]!.thread).toBe(stage.bot.heard[0]!.thread)
  })

  it('leaves an ordinary answer to another conversation to its own tab', async () => {
    const one = await visit()
    await one.ask('多少人？')
    const other = await stage.secondTab(one)
    await other.finished()
    await other.page.getByRole('button', { name: '新对话' }).click()
    await one.ask('那我们只有86人呢？')
    await other.ask('那别的呢？')
    expect([await one.answers.count(), await other.answers.count()]).toEqual([2, 1])
  })

  it('shows what the bot says of its own accord', async () => {
    const chat = await visit()
    await chat.ask('多少人？')
    await stage.bot.speak('联络员已答复')
    await chat.finished(chat.answers.nth(1))
    expect(await chat.answers.nth(1).textContent()).toContain('联络员已答复')
  })

  it('shows a late reply to an earlier conversation, and says what it answers', async () => {
    const chat = await visit()
    await chat.ask('多少人？')
    await chat.page.getByRole('button', { name: '新对话' }).click()
    stage.pass(3 * 60_000)
    await stage.bot.speak('联络员已答复', { replyTo: stage.bot.heard[0]!.id })
    await chat.finished()
    expect(await chat.lastAnswer.textContent()).toContain('对您之前提问的回复：多少人？')
    await chat.page.reload()
    await chat.finished()
    expect(await chat.lastAnswer.textContent()).toContain('联络员已答复')
  })

  it('says when the connection is lost, and misses nothing once it is there again', async () => {
    const web = await stage.startWeb(1000)
    const port = Number(new URL(web.address).port)
    const chat = await visit({}, web.address)
    await chat.ask('多少人？')
    await web.stop()
    await chat.page.getByText('正在重新连接').waitFor()
    await stage.bot.speak('断线时的消息')
    await stage.startWeb(1000, port)
    await chat.finished(chat.answers.nth(1))
    expect(await chat.answers.nth(1).textContent()).toContain('断线时的消息')
    expect(await chat.page.locator('#connection').isVisible()).toBe(false)
  })
})
