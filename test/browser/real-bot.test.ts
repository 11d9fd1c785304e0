import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { listGaps } from '../../src/features/policy/answer-log.ts'
import { translate } from '../../src/messages/translate.ts'
import { openStore, type StoreLocation } from '../../src/store/store.ts'
import { startTestBot, type TestBot } from '../bot/running-bot.ts'
import { freshLocation } from '../store/each-database.ts'
import { launchBrowser } from './browser.ts'
import { ChatPage } from './chat-page.ts'

const howMany = '多少科技人员应单独组建科协？'
const say = (key: string, values = {}) => translate('zh-CN', `policy:${key}`, values)
const help = (key: string) => translate('zh-CN', `help:${key}`)

let browser: Browser
let bot: TestBot
let location: StoreLocation
const cleanUps: (() => Promise<void>)[] = []
const opened: ChatPage[] = []

beforeAll(async () => {
  location = await freshLocation('sqlite', cleanUps)
  bot = await startTestBot(location)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await bot?.stop()
  for (const cleanUp of cleanUps.reverse()) await cleanUp()
})
afterEach(async () => {
  const errors = opened.flatMap((chat) => chat.errors)
  await Promise.all(opened.splice(0).map((chat) => chat.page.context().close()))
  expect([...errors, ...bot.errors]).toEqual([])
})

async function visit(options: BrowserContextOptions = {}): Promise<ChatPage> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 1100, height: 760 },
    ...options,
  })
  const chat = new ChatPage(await context.newPage())
  opened.push(chat)
  await chat.open(bot.address)
  return chat
}

/** What the database holds, looked at beside the running bot. */
async function kept<T>(look: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
  const store = await openStore(location)
  try {
    return await look(store)
  } finally {
    await store.close()
  }
}

it('answers with the words of clause 10 marked; its whole text and its neighbours are a click away', async () => {
  const chat = await visit()
  const answer = await chat.ask(howMany)
  expect((await answer.locator('mark').allTextContents()).join('')).toContain('应单独组建科协组织')
  expect(await answer.locator('figcaption').first().textContent()).toContain('（十）')
  const open = answer.getByRole('button', { name: '（十）' }).first()
  await open.click()
  const card = chat.drawer.locator('.card')
  await card.waitFor()
  expect(await card.textContent()).toContain('实现园区科协组织的全覆盖。')
  expect((await card.locator('mark').allTextContents()).join('')).toContain('应单独组建科协组织')
  await card.getByRole('button', { name: '（十一）' }).click()
  await chat.drawer.getByText('搭建学会服务站、院士专家工作站').waitFor()
  await chat.drawer.getByRole('button', { name: '（十）' }).click()
  await chat.drawer.getByText('实现园区科协组织的全覆盖').waitFor()
  await chat.page.keyboard.press('Escape')
  expect(await chat.drawer.isVisible()).toBe(false)
})

it('takes feedback, says thank you, and keeps the last verdict', async () => {
  const chat = await visit()
  const answer = await chat.ask(howMany)
  for (const verdict of ['up', 'down'] as const) {
    await chat.button(say(`answer.${verdict}`), answer).click()
    await chat.page
      .getByText(say(`feedback.${verdict}`))
      .first()
      .waitFor()
  }
  const verdicts = await kept((store) => store.db.selectFrom('feedback').select('verdict').execute())
  expect(verdicts).toEqual([{ verdict: 'down' }])
})

it('understands a follow-up, also after a reload', async () => {
  const chat = await visit()
  await chat.ask('企业科协怎么开展学术交流？')
  await chat.page.reload()
  await chat.finished()
  const follow = await chat.ask('这方面具体怎么做呢？')
  expect(await chat.answers.count()).toBe(2)
  expect(await follow.locator('figcaption').first().textContent()).toContain('（六）')
  // A button of an answer from before the reload still works.
  await chat.answers.first().getByRole('button', { name: '（六）' }).first().click()
  await chat.drawer.locator('.card').waitFor()
})

it('refuses, names the nearest clause, and takes the question to a person', async () => {
  const chat = await visit()
  const question = '企业科协主席一届任期几年？'
  const answer = await chat.ask(question)
  expect(await answer.locator('mark').count()).toBe(0)
  expect(await answer.locator('figcaption').count()).toBe(1)
  await chat.button(say('refusal.ask-person'), answer).click()
  const asked = chat.drawer.getByRole('textbox', { name: help('ask.question') })
  await asked.waitFor()
  expect(await asked.inputValue()).toBe(question)
  await chat.drawer.getByRole('textbox', { name: help('ask.background') }).fill('今年换届')
  await chat.button('下一步', chat.drawer).click()
  await chat.drawer.locator('dl').getByText('今年换届').waitFor()
  await chat.button('提交', chat.drawer).click()
  await chat.answers.getByText('回执码').first().waitFor()
  expect(await chat.drawer.isVisible()).toBe(false)
  const [request] = await kept((store) => store.db.selectFrom('help_request').selectAll().execute())
  expect(request).toMatchObject({ question })
  expect(await kept((store) => listGaps(store.db))).toMatchObject([{ question, wantsPerson: true }])
})

it('answers in English around the Chinese quote', async () => {
  const chat = await visit({ locale: 'en-US' })
  const answer = await chat.ask('How many technical staff call for an association of its own?')
  expect((await answer.locator('mark').allTextContents()).join('')).toContain('应单独组建科协组织')
  await chat.button(translate('en', 'policy:answer.up'), answer).click()
  await chat.page.getByText(translate('en', 'policy:feedback.up')).first().waitFor()
})

it('fits 375 pixels: welcome, answer, refusal and clause', async () => {
  const chat = await visit({ viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true })
  expect(await chat.overhang()).toBeLessThanOrEqual(0)
  for (const question of [howMany, '企业科协主席一届任期几年？', '企'.repeat(2000)]) {
    await chat.ask(question)
    expect(await chat.overhang(), question.slice(0, 20)).toBeLessThanOrEqual(0)
  }
  await chat.answers.first().getByRole('button', { name: '（十）' }).first().tap()
  await chat.drawer.locator('.card').waitFor()
  expect(await chat.overhang()).toBeLessThanOrEqual(0)
})

it('goes from question to clause and back by the keyboard alone', async () => {
  const chat = await visit()
  await chat.page.keyboard.type(howMany)
  await chat.page.keyboard.press('Enter')
  await chat.finished()
  const label = await chat.lastAnswer.getByRole('button', { name: '（十）' }).first().textContent()
  await chat.reach(label!, 'Shift+Tab')
  await chat.page.keyboard.press('Enter')
  await chat.drawer.locator('.card').waitFor()
  const next = await chat.drawer.getByRole('button', { name: '（十一）' }).textContent()
  await chat.reach(next!)
  await chat.page.keyboard.press('Enter')
  await chat.drawer.getByText('搭建学会服务站、院士专家工作站').waitFor()
  await chat.page.keyboard.press('Escape')
  expect(await chat.focused()).toBe(label)
})

it('shows what a question brings as text, never as markup', async () => {
  const chat = await visit()
  const hostile = '<img src=x onerror="window.broken=1"><b>科协经费</b>从哪里来？'
  await chat.ask(hostile)
  expect(await chat.questions.textContent()).toContain(hostile)
  expect(await chat.page.evaluate('window.broken')).toBeUndefined()
})
