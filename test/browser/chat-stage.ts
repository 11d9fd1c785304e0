import type { Browser, BrowserContextOptions } from 'playwright-core'
import { expect } from 'vitest'
import { createWebPlatform, type WebPlatform } from '../../src/platforms/web/platform.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { launchBrowser } from './browser.ts'
import { ChatPage } from './chat-page.ts'
import { createScriptedBot, type ScriptedBot, scriptedWelcome } from './scripted-bot.ts'

/** A browser, and a web chat behind which a script answers. */
export class ChatStage {
  readonly #browser: Browser
  readonly #opened: Awaited<ReturnType<typeof openTestStore>>
  readonly #platforms: WebPlatform[] = []
  readonly #pages: ChatPage[] = []
  readonly #time: { passed: number }
  /** A new one for each test. */
  bot: ScriptedBot = createScriptedBot()

  private constructor(
    browser: Browser,
    opened: Awaited<ReturnType<typeof openTestStore>>,
    time: { passed: number },
  ) {
    this.#browser = browser
    this.#opened = opened
    this.#time = time
  }

  static async open(): Promise<ChatStage> {
    const time = { passed: 0 }
    const opened = await openTestStore({ clock: () => new Date(Date.now() + time.passed) })
    const stage = new ChatStage(await launchBrowser(), opened, time)
    await stage.startWeb(1000)
    return stage
  }

  /** Lets time pass for the database, which decides how late something is. */
  pass(milliseconds: number): void {
    this.#time.passed += milliseconds
  }

  get address(): string {
    return this.#platforms[0]!.address
  }

  async startWeb(questionsPerMinute: number, port = 0): Promise<WebPlatform> {
    const platform = createWebPlatform({
      host: '127.0.0.1',
      port,
      questionsPerMinute,
      store: this.#opened.store,
      blobs: this.#opened.blobs,
      clock: () => new Date(),
      logger: { info() {}, warn() {}, error() {} },
      welcome: scriptedWelcome,
    })
    await platform.start({
      take: (message) => this.bot.take(message, platform),
      answer: (interaction) => this.bot.answer(interaction),
      wantsFiles: async () => true,
      heard: async () => [],
      amend: async () => false,
      withdraw: async () => {},
      tell: async () => {},
    })
    this.#platforms.push(platform)
    return platform
  }

  /** A person with a browser profile of their own. */
  async visit(options: BrowserContextOptions = {}, address = this.address): Promise<ChatPage> {
    const context = await this.#browser.newContext({
      locale: 'zh-CN',
      viewport: { width: 1100, height: 760 },
      ...options,
    })
    // Shorter than the test’s own limit, so that a failure says what was waited for.
    context.setDefaultTimeout(10_000)
    return this.#open(await context.newPage(), address)
  }

  /** Another tab of the same person. */
  async secondTab(chat: ChatPage): Promise<ChatPage> {
    return this.#open(await chat.page.context().newPage(), new URL(chat.page.url()).origin)
  }

  /** Ends a test: no script and no content security policy may have complained. */
  async clear(): Promise<void> {
    const errors = this.#pages.flatMap((chat) => chat.errors)
    await Promise.all(this.#pages.splice(0).map((chat) => chat.page.context().close()))
    this.bot = createScriptedBot()
    expect(errors).toEqual([])
  }

  async close(): Promise<void> {
    await this.#browser.close()
    for (const platform of this.#platforms) await platform.stop()
    await this.#opened.close()
  }

  async #open(page: Awaited<ReturnType<Browser['newPage']>>, address: string): Promise<ChatPage> {
    const chat = new ChatPage(page)
    this.#pages.push(chat)
    await chat.open(address)
    return chat
  }
}
