import { randomUUID } from 'node:crypto'
import type { Block, Button, Card, Run } from '../../src/chat/card.ts'
import type { Language } from '../../src/chat/language.ts'
import { buttonsOf, cardToText } from '../../src/platforms/text/render-card.ts'
import { readReply, type StreamedReply } from '../platforms/read-reply.ts'

/** Somebody at the web chat, as the page speaks for them: one cookie, one conversation at a time. */
export class WebGuest {
  readonly address: string
  readonly cookie: string
  readonly language: Language
  conversation: string = randomUUID()

  private constructor(address: string, cookie: string, language: Language) {
    this.address = address
    this.cookie = cookie
    this.language = language
  }

  /** Opens the page, which gives the cookie. */
  static async arrive(address: string, language: Language = 'zh-CN'): Promise<WebGuest> {
    const page = await fetch(address, { headers: { 'Accept-Language': language } })
    await page.text()
    const cookies = page.headers.getSetCookie().map((line) => line.split(';')[0]!)
    return new WebGuest(address, cookies.join('; '), language)
  }

  /** Whoever has these cookies, such as a person who is signed in. */
  static withCookies(address: string, cookie: string, language: Language = 'zh-CN'): WebGuest {
    return new WebGuest(address, cookie, language)
  }

  /** The same person at the bot that runs at another address, after a restart. */
  at(address: string): WebGuest {
    const moved = new WebGuest(address, this.cookie, this.language)
    moved.conversation = this.conversation
    return moved
  }

  /** The whole reply to a question, each state of its card. */
  async say(text: string, onCard?: (card: Card) => void): Promise<StreamedReply> {
    return readReply(await this.post('messages', { text }), onCard)
  }

  /** The card that stays. */
  async ask(text: string): Promise<Card> {
    const { cards, ended } = await this.say(text)
    if (!ended || cards.length === 0) throw new Error(`no answer to ${text}`)
    return cards.at(-1)!
  }

  async press({ action, value }: Pick<Button, 'action' | 'value'>): Promise<StreamedReply> {
    return readReply(await this.post('actions', { action, value }))
  }

  /** The card that a button opens. */
  async open(button: Button): Promise<Card> {
    const { cards } = await this.press(button)
    if (cards.length === 0) throw new Error(`${button.label} opened nothing`)
    return cards.at(-1)!
  }

  /** A request as the page makes it; `body` may replace any field of it. */
  post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.address}/api/${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Accept-Language': this.language,
        Cookie: this.cookie,
        Origin: this.address,
        ...headers,
      },
      body: JSON.stringify({ id: randomUUID(), conversation: this.conversation, ...body }),
    })
  }
}

/** The buttons of a card that do one thing, in order. */
export function buttonsFor(card: Card, action: string): Button[] {
  return buttonsOf(card).filter((button) => button.action === action)
}

export function quotesOf(card: Card): Extract<Block, { type: 'quote' }>[] {
  return card.blocks.filter((block) => block.type === 'quote')
}

/** The highlighted pieces of a card, in order. */
export function marksOf(card: Card): string[] {
  const runs = card.blocks.flatMap((block): Run[] =>
    block.type === 'quote' || block.type === 'text' ? block.runs : [],
  )
  return runs.filter(({ mark }) => mark).map(({ text }) => text)
}

/** Everything that a person reads of a card, without its buttons. */
export function textOf(card: Card): string {
  return cardToText(card, { buttons: 'none' })
}

/** The keys of the clauses that a card cites, best first, by its buttons that open them with their marks. */
export function citedKeys(card: Card): string[] {
  return buttonsFor(card, 'policy.open-clause')
    .filter(({ value }) => value.marks)
    .map(({ value }) => value.key!)
}

export function bare(text: string): string {
  return text.replace(/\s+/g, '')
}
