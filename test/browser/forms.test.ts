import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ChatPage } from './chat-page.ts'
import { ChatStage } from './chat-stage.ts'
import { expectContrast } from './contrast.ts'

let stage: ChatStage

beforeAll(async () => {
  stage = await ChatStage.open()
})
afterAll(() => stage?.close())
afterEach(() => stage.clear())

/** Somebody before the first page of the form, which a refusal offers. */
async function fillIn(options: Parameters<ChatStage['visit']>[0] = {}): Promise<ChatPage> {
  const chat = await stage.visit(options)
  await chat.ask('企业科协每年经费不少于多少万元？')
  await chat.button('转请科协干部解答').click()
  await step(chat, 1)
  return chat
}

const step = (chat: ChatPage, at: number) => chat.drawer.getByText(`第 ${at} 步，共 3 步`).waitFor()
const next = (chat: ChatPage) => chat.button('下一步', chat.drawer)

async function fillFirstPage(chat: ChatPage): Promise<void> {
  await chat.drawer.getByLabel('您的问题').fill('经费怎么来？')
  await chat.drawer.getByLabel('问题类别').selectOption('经费')
}

async function toSummary(chat: ChatPage): Promise<void> {
  await fillFirstPage(chat)
  await next(chat).click()
  await step(chat, 2)
  await chat.drawer.getByRole('textbox', { name: '单位' }).fill('华北重工')
  await next(chat).click()
  await step(chat, 3)
}

describe('a form', () => {
  it('is filled in, looked over and sent in', async () => {
    const chat = await fillIn()
    expect(await chat.drawer.getByRole('heading').textContent()).toBe('转请科协干部解答')
    expect(await chat.focused()).toMatch(/^field-/)
    const field = (label: string) => chat.drawer.getByLabel(label)
    await fillFirstPage(chat)
    await field('补充说明').fill('第一行\n第二行')
    await field('组织建设').check()
    await field('“讲、比”活动').check()
    await field('涉及人数').fill('86')
    await field('涉及金额（元）').fill('5000.50')
    await field('希望答复的日期').fill('2026-12-01')
    await field('方便联系的时间').fill('09:30')
    expect(await field('涉及人数').getAttribute('inputmode')).toBe('decimal')
    await next(chat).click()
    await step(chat, 2)
    await chat.drawer.getByRole('textbox', { name: '单位' }).fill('华北重工')
    await field('同时抄送').fill('陈晨、孙工')
    await field('答复可以供本单位其他同事查阅').check()
    await next(chat).click()
    await step(chat, 3)
    expect(await chat.drawer.locator('dl').textContent()).toContain('5000.50')
    await chat.button('提交', chat.drawer).click()
    await chat.toasts.getByText('受理编号 K-2026-0001').waitFor()
    expect(await chat.drawer.isVisible()).toBe(false)
    expect(stage.bot.form.values).toEqual({
      title: '经费怎么来？',
      details: '第一行\n第二行',
      topic: 't1',
      also: ['t0', 't2'],
      people: '86',
      money: '5000.50',
      day: '2026-12-01',
      time: '09:30',
      organisation: '华北重工',
      contact: '',
      copies: '陈晨、孙工',
      agree: 'yes',
    })
  })

  it('says what is missing beside its field, keeps the rest, and goes there', async () => {
    const chat = await fillIn()
    await chat.drawer.getByLabel('补充说明').fill('已经写了很多')
    await next(chat).click()
    await chat.drawer.getByRole('alert').getByText('有 2 处需要修改').waitFor()
    const title = chat.drawer.getByLabel('您的问题')
    expect(await title.getAttribute('aria-invalid')).toBe('true')
    expect(await chat.focused()).toBe(await title.getAttribute('id'))
    expect(await chat.drawer.locator('.field-problem').allTextContents()).toEqual([
      '这一项必须填写。',
      '这一项必须填写。',
    ])
    expect(await chat.drawer.getByLabel('补充说明').inputValue()).toBe('已经写了很多')
  })

  it('goes back with what was filled in', async () => {
    const chat = await fillIn()
    await toSummary(chat)
    await chat.button('上一步', chat.drawer).click()
    await step(chat, 2)
    await chat.button('上一步', chat.drawer).click()
    await step(chat, 1)
    expect(await chat.drawer.getByLabel('您的问题').inputValue()).toBe('经费怎么来？')
  })

  it('is handed in once by a double click', async () => {
    const chat = await fillIn()
    await toSummary(chat)
    await chat.button('提交', chat.drawer).dblclick()
    await chat.toasts.getByText('受理编号').waitFor()
    expect(stage.bot.form.taken.filter((taken) => taken === 'summary.submit')).toHaveLength(1)
  })

  it('asks once before it is cancelled', async () => {
    const chat = await fillIn()
    await chat.button('取消', chat.drawer).click()
    await chat.drawer.getByText('不再保留').waitFor()
    await chat.button('继续填写', chat.drawer).click()
    expect(stage.bot.form.taken).toEqual([])
    await chat.button('取消', chat.drawer).click()
    await chat.button('确定取消', chat.drawer).click()
    await chat.toasts.getByText('已取消').waitFor()
    expect(await chat.drawer.isVisible()).toBe(false)
    expect(stage.bot.form.taken).toEqual(['question.cancel'])
  })

  it('is kept as a draft when it is closed, and not lost by a click beside it', async () => {
    const chat = await fillIn()
    await fillFirstPage(chat)
    await chat.page.mouse.click(20, 400)
    expect(await chat.drawer.isVisible()).toBe(true)
    await chat.page.keyboard.press('Escape')
    await chat.toasts.getByText('草稿已保存').waitFor()
    expect(await chat.drawer.isVisible()).toBe(false)
    expect(stage.bot.form.taken).toEqual(['question.save'])
    expect(stage.bot.form.values).toMatchObject({ title: '经费怎么来？' })
  })

  it('keeps what was typed when the network is down, and says so', async () => {
    const chat = await fillIn()
    await fillFirstPage(chat)
    await chat.page.context().setOffline(true)
    await next(chat).click()
    await chat.drawer.getByRole('alert').getByText('网络不通').waitFor()
    expect(await chat.drawer.getByLabel('您的问题').inputValue()).toBe('经费怎么来？')
    await chat.page.context().setOffline(false)
    await next(chat).click()
    await step(chat, 2)
  })

  it('takes files, and shows what has been sent', async () => {
    const chat = await fillIn()
    await fillFirstPage(chat)
    await next(chat).click()
    await step(chat, 2)
    const choosing = chat.page.waitForEvent('filechooser')
    await chat.button('上传文件', chat.drawer).click()
    await (await choosing).setFiles({ name: '方案.txt', mimeType: 'text/plain', buffer: Buffer.from('一') })
    await chat.drawer.locator('.field-files').getByText('方案.txt').waitFor()
    const refused = chat.page.waitForEvent('filechooser')
    await chat.button('上传文件', chat.drawer).click()
    await (await refused).setFiles({ name: 'tool.exe', mimeType: '', buffer: Buffer.from('MZ') })
    await chat.drawer.getByRole('alert').getByText('不能接收这种文件').waitFor()
    expect(stage.bot.form.files).toEqual(['方案.txt'])
  })

  it('is filled in by the keyboard alone', async () => {
    const chat = await fillIn()
    await chat.page.keyboard.type('经费怎么来？')
    await chat.page.keyboard.press('Tab')
    await chat.page.keyboard.press('Tab')
    await chat.page.keyboard.press('ArrowDown')
    await chat.reach('下一步')
    await chat.page.keyboard.press('Enter')
    await step(chat, 2)
    await chat.page.keyboard.type('华北重工')
    await chat.page.keyboard.press('Enter')
    await step(chat, 3)
    await chat.reach('提交')
    await chat.page.keyboard.press('Enter')
    await chat.toasts.getByText('受理编号').waitFor()
  })

  it.each(['light', 'dark'] as const)(
    'fits 360 pixels in %s, with a problem and the summary',
    async (colorScheme) => {
      const chat = await fillIn({
        viewport: { width: 360, height: 700 },
        hasTouch: true,
        isMobile: true,
        colorScheme,
      })
      const fits = async () => {
        expect(await chat.overhang()).toBeLessThanOrEqual(0)
        const [wide = 0, room = 0] = await chat.page.evaluate<number[]>(
          '(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.getElementById("drawer-body"))',
        )
        expect(wide).toBeLessThanOrEqual(room)
      }
      await fits()
      await next(chat).tap()
      await chat.drawer.getByRole('alert').getByText('有 2 处').waitFor()
      await fits()
      await expectContrast(chat.page, [
        ...['.form-step', '.form-intro', '.form-complaint', '.field-label', '.field-required'],
        ...['.field-hint', '.field-problem', '.field-control', '.form-button-main', '.form-button-cancel'],
      ])
      await toSummary(chat)
      await fits()
    },
  )
})

describe('a file', () => {
  it('is sent by the button beside the question, and shown in the conversation', async () => {
    const chat = await stage.visit()
    await chat.attach('方案.txt', '一、目标')
    await chat.finished()
    expect(await chat.questions.textContent()).toContain('方案.txt')
    expect(await chat.lastAnswer.textContent()).toContain('收到文件：方案.txt')
    await chat.page.reload()
    await chat.finished()
    expect(await chat.questions.textContent()).toContain('方案.txt')
  })

  it('that is not taken is refused plainly', async () => {
    const chat = await stage.visit()
    await chat.attach('photo.png', 'no picture at all', 'image/png')
    await chat.lastAnswer.getByText('不能接收这种文件').waitFor()
    expect(stage.bot.heard).toEqual([])
  })
})
