import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ChatStage } from './chat-stage.ts'
import { expectContrast, luminance } from './contrast.ts'

let stage: ChatStage
const visit: ChatStage['visit'] = (...given) => stage.visit(...given)

beforeAll(async () => {
  stage = await ChatStage.open()
})
afterAll(() => stage?.close())
afterEach(() => stage.clear())

describe('asking', () => {
  it('shows the answer as it grows, with the decisive words highlighted', async () => {
    const gate = Promise.withResolvers<void>()
    stage.bot.gate = gate.promise
    const chat = await visit()
    await chat.send('多少科技人员才能成立企业科协？')
    await chat.lastAnswer.locator('mark').waitFor()
    expect(await chat.lastAnswer.locator('table').count()).toBe(0)
    expect(await chat.lastAnswer.textContent()).toContain('正在补充')
    gate.resolve()
    await chat.finished()
    expect(await chat.lastAnswer.locator('mark').textContent()).toContain('应单独组建企业科协')
    expect(await chat.lastAnswer.locator('figcaption').textContent()).toContain('（十）')
    expect(await chat.lastAnswer.locator('table').count()).toBe(1)
    expect(await chat.page.locator('#announcer').textContent()).toContain('应单独组建企业科协')
  })

  it('takes a second question while the first is answered, and puts each answer below its own', async () => {
    const gate = Promise.withResolvers<void>()
    stage.bot.gate = gate.promise
    const chat = await visit()
    await chat.send('第一个问题')
    await chat.lastAnswer.locator('mark').waitFor()
    await chat.ask('那我们只有86人呢？')
    gate.resolve()
    await chat.finished(chat.answers.first())
    expect(stage.bot.heard.map(({ what }) => what)).toEqual(['第一个问题', '那我们只有86人呢？'])
    const turns = await chat.page.locator('.turn').allTextContents()
    expect(turns.map((text) => /第一个问题|单独组建企业科协|那我们|不必单独组建/.exec(text)?.[0])).toEqual([
      '第一个问题',
      '单独组建企业科协',
      '那我们',
      '不必单独组建',
    ])
  })

  it('makes a new line on Shift+Enter and sends nothing that is blank', async () => {
    const chat = await visit()
    await chat.question.press('Enter')
    await chat.question.fill('一')
    await chat.question.press('Shift+Enter')
    await chat.page.keyboard.type('二')
    await chat.question.press('Enter')
    await chat.finished()
    expect(stage.bot.heard.map(({ what }) => what)).toEqual(['一\n二'])
  })

  it('keeps a question that is too long in the box', async () => {
    const chat = await visit()
    await chat.send('长'.repeat(2001))
    await chat.toasts.waitFor()
    expect(await chat.toasts.textContent()).toContain('2000')
    expect(await chat.question.inputValue()).toHaveLength(2001)
    expect(stage.bot.heard).toEqual([])
  })

  it('asks what an example button says', async () => {
    const chat = await visit()
    await chat.button('企业科协的经费从哪里来？', chat.welcome).click()
    await chat.finished()
    expect(stage.bot.heard.map(({ what }) => what)).toEqual(['企业科协的经费从哪里来？'])
    expect(await chat.welcome.isVisible()).toBe(false)
  })

  it('keeps a follow-up in the conversation, and begins another on request', async () => {
    const chat = await visit()
    await chat.ask('多少人？')
    await chat.ask('那我们只有86人呢？')
    await chat.page.getByRole('button', { name: '新对话' }).click()
    expect(await chat.answers.count()).toBe(0)
    expect(await chat.welcome.isVisible()).toBe(true)
    await chat.ask('多少人？')
    const [first, second, third] = stage.bot.heard
    expect(second!.thread).toBe(first!.thread)
    expect(third!.thread).not.toBe(first!.thread)
    expect(third!.user).toBe(first!.user)
  })

  it('keeps two people apart', async () => {
    const [one, other] = [await visit(), await visit()]
    await one.ask('甲的问题')
    await other.ask('乙的问题')
    expect(stage.bot.heard[0]!.user).not.toBe(stage.bot.heard[1]!.user)
    expect(await other.questions.count()).toBe(1)
  })

  it('does not send while an input method is composing', async () => {
    const chat = await visit()
    const devtools = await chat.page.context().newCDPSession(chat.page)
    await chat.question.focus()
    await devtools.send('Input.imeSetComposition', { text: 'kexie', selectionStart: 5, selectionEnd: 5 })
    await chat.page.keyboard.press('Enter')
    // Safari ends the composition first, and tells the Enter that ended it only by the key code 229.
    await chat.page.evaluate(
      `document.getElementById('question').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }))`,
    )
    expect(await chat.questions.count()).toBe(0)
    await devtools.send('Input.insertText', { text: '科协' })
    await chat.question.press('Enter')
    await chat.finished()
    expect(stage.bot.heard.map(({ what }) => what)).toEqual(['科协'])
  })
})

describe('the card', () => {
  it('opens the clause beside the conversation, and gives the focus back', async () => {
    const chat = await visit()
    await chat.ask('多少人？')
    await chat.button('查看全文').click()
    await chat.drawer.locator('.card').waitFor()
    expect(await chat.drawer.getByRole('heading').textContent()).toBe('（十）坚持组织建设模式创新')
    await chat.button('下一条：（十一）', chat.drawer).click()
    await chat.drawer.getByRole('heading', { name: '（十一）' }).waitFor()
    await chat.page.keyboard.press('Escape')
    expect(await chat.drawer.isVisible()).toBe(false)
    expect(await chat.focused()).toBe('查看全文')
    expect(await chat.answers.count()).toBe(1)
  })

  it('closes the drawer by its button and by a click beside it', async () => {
    const chat = await visit()
    await chat.ask('多少人？')
    await chat.button('查看全文').click()
    await chat.page.getByRole('button', { name: '关闭' }).click()
    expect(await chat.drawer.isVisible()).toBe(false)
    await chat.button('查看全文').click()
    await chat.drawer.locator('.card').waitFor()
    await chat.page.mouse.click(20, 400)
    expect(await chat.drawer.isVisible()).toBe(false)
  })

  it('keeps feedback pressed, lets it be changed, and remembers it over a reload', async () => {
    const chat = await visit()
    await chat.ask('多少人？')
    const [good, bad] = [chat.button('👍 有帮助'), chat.button('👎 没帮助')]
    expect(await good.getAttribute('aria-pressed')).toBe('false')
    await good.click()
    await chat.page.locator('[aria-pressed="true"]', { hasText: '👍' }).waitFor()
    expect(await chat.toasts.textContent()).toBe('谢谢，已记下')
    await bad.click()
    await chat.page.locator('[aria-pressed="true"]', { hasText: '👎' }).waitFor()
    expect(await good.getAttribute('aria-pressed')).toBe('false')
    await chat.page.reload()
    await chat.page.locator('[aria-pressed="true"]', { hasText: '👎' }).waitFor()
    expect(await chat.page.locator('[aria-pressed="true"]').count()).toBe(1)
  })

  it('copies an answer as plain text', async () => {
    const chat = await visit({ permissions: ['clipboard-read', 'clipboard-write'] })
    await chat.ask('多少人？')
    await chat.button('复制').click()
    await chat.toasts.waitFor()
    expect(await chat.page.evaluate('navigator.clipboard.readText()')).toMatch(/“（十）.*”\n——《关于/)
  })

  it('shows markup, control characters and long words as harmless text', async () => {
    const chat = await visit({ viewport: { width: 375, height: 700 } })
    await chat.ask('<img src=x onerror="window.broken=1"><script>window.broken=1</script>')
    expect(await chat.page.evaluate('window.broken')).toBeUndefined()
    expect(await chat.page.locator('.conversation :is(img, script)').count()).toBe(0)
    expect(await chat.lastAnswer.getByRole('heading').textContent()).toContain('<script>')
    const text = (await chat.lastAnswer.textContent()) ?? ''
    expect([text.includes('\u202e'), text.includes('\u0007'), text.isWellFormed()]).toEqual([
      false,
      false,
      true,
    ])
    expect(await chat.overhang()).toBeLessThanOrEqual(0)
    const box = await chat.page.evaluate<number[]>(
      '(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector(".card-table"))',
    )
    expect(box[0]).toBeGreaterThan(box[1]!)
  })

  it('shows a failure as a plain message', async () => {
    const chat = await visit()
    const answer = await chat.ask('出错')
    expect(await answer.textContent()).toContain('抱歉')
    expect(await answer.textContent()).not.toContain('TypeError')
  })
})

describe('the screen', () => {
  it('works from the keyboard alone', async () => {
    const chat = await visit()
    expect(await chat.focused()).toBe('question')
    await chat.reach('企业领导要做哪些工作？', 'Shift+Tab')
    await chat.page.keyboard.press('Enter')
    await chat.finished()
    await chat.page.keyboard.type('那呢？')
    await chat.page.keyboard.press('Enter')
    await chat.finished(chat.answers.nth(1))
    await chat.reach('查看全文', 'Shift+Tab')
    const outline = await chat.page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
    expect(outline).not.toBe('none')
    await chat.page.keyboard.press('Enter')
    await chat.drawer.locator('.card').waitFor()
    await chat.page.keyboard.press('Escape')
    expect(await chat.focused()).toBe('查看全文')
    await chat.reach('new-conversation', 'Shift+Tab')
    await chat.page.keyboard.press('Enter')
    expect(await chat.focused()).toBe('question')
  })

  it('fits 375 pixels, answer, drawer and all', async () => {
    const chat = await visit({ viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true })
    expect(await chat.overhang()).toBeLessThanOrEqual(0)
    await chat.ask('多少人？')
    expect(await chat.overhang()).toBeLessThanOrEqual(0)
    await chat.button('查看全文').tap()
    await chat.drawer.locator('.card').waitFor()
    expect(await chat.overhang()).toBeLessThanOrEqual(0)
    const box = await chat.drawer.boundingBox()
    expect(box!.x).toBe(0)
    expect(box!.width).toBeCloseTo(375)
  })

  it('leaves the question in sight when the answer is longer than the screen', async () => {
    const chat = await visit({ viewport: { width: 375, height: 420 } })
    await chat.ask('多少人？')
    const top = (await chat.questions.last().boundingBox())!.y
    const header = (await chat.page.locator('header').boundingBox())!
    expect(top).toBeGreaterThanOrEqual(header.y + header.height)
  })

  it.each(['light', 'dark'] as const)('has enough contrast in %s', async (colorScheme) => {
    const chat = await visit({ colorScheme })
    await chat.ask('多少人？')
    const background = await chat.page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    expect(luminance(background) < 0.2).toBe(colorScheme === 'dark')
    await expectContrast(chat.page, [
      '.card-quote p',
      'mark',
      '.card-note',
      '.card-source',
      '.bubble',
      '.card-button',
    ])
  })

  it('speaks the language of the browser, and the one that is chosen', async () => {
    const chat = await visit({ locale: 'en-US' })
    expect(await chat.page.title()).toBe('Enterprise S&T Association Q&A')
    await chat.ask('How many people?')
    await chat.page.getByRole('link', { name: '中文' }).click()
    await chat.page.locator('html[lang="zh-CN"]').waitFor()
    await chat.page.reload()
    expect(await chat.question.getAttribute('placeholder')).toBe('请输入您的问题')
    await chat.finished()
    expect(await chat.answers.count()).toBe(1)
  })
})
