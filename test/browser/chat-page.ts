import type { Locator, Page } from 'playwright-core'

/** Drives the chat page as a person does; knows the page, and nothing of what the bot answers. */
export class ChatPage {
  readonly page: Page
  /** Errors of scripts and of the content security policy; a test ends with none. */
  readonly errors: string[] = []
  readonly question: Locator
  readonly welcome: Locator
  readonly answers: Locator
  readonly questions: Locator
  readonly drawer: Locator
  readonly toasts: Locator

  constructor(page: Page) {
    this.page = page
    this.question = page.locator('#question')
    this.welcome = page.locator('#welcome')
    this.answers = page.locator('.turn-bot')
    this.questions = page.locator('.turn-person')
    this.drawer = page.locator('#drawer')
    this.toasts = page.locator('.toast')
    page.on('pageerror', (error) => this.errors.push(String(error)))
    page.on('console', (message) => {
      // A browser also reports each failed request here, which some tests cause.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.errors.push(message.text())
      }
    })
  }

  get lastAnswer(): Locator {
    return this.answers.last()
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address)
    await this.question.waitFor()
  }

  /** Sends a file by the button beside the question. */
  async attach(name: string, content: string, mimeType = 'text/plain'): Promise<void> {
    await this.page.locator('#file').setInputFiles({ name, mimeType, buffer: Buffer.from(content) })
  }

  /** Types a question and sends it, without waiting for the answer. */
  async send(text: string): Promise<void> {
    await this.question.fill(text)
    await this.question.press('Enter')
  }

  /** Asks and waits until the answer is complete. */
  async ask(text: string): Promise<Locator> {
    const before = await this.answers.count()
    await this.send(text)
    const answer = this.answers.nth(before)
    await this.finished(answer)
    return answer
  }

  /** A complete answer has its foot, with the time and “copy”. */
  async finished(answer: Locator = this.lastAnswer): Promise<void> {
    await answer.locator('.turn-done').waitFor()
  }

  button(label: string, within: Locator = this.lastAnswer): Locator {
    return within.getByRole('button', { name: label, exact: true })
  }

  /** The text of whatever has the focus, or its label or id. */
  focused(): Promise<string> {
    return this.page.evaluate(
      '(({ activeElement: e }) => e.id || e.textContent || e.getAttribute("aria-label") || e.tagName)(document)',
    )
  }

  /** Presses a key until the focus is on what is wanted; fails after 40 presses. */
  async reach(wanted: string, key = 'Tab'): Promise<void> {
    for (let presses = 0; presses < 40; presses += 1) {
      if ((await this.focused()) === wanted) return
      await this.page.keyboard.press(key)
    }
    throw new Error(`${key} does not reach ${wanted}`)
  }

  /** How many pixels of the page stand out to the right of the window. */
  overhang(): Promise<number> {
    return this.page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
  }
}
