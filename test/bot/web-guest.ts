import { randomUUID } from 'node:crypto'
import type { Block, Button, Card, Run } from '../../src/chat/card.ts'
import type { Acknowledgement, FormView } from '../../src/chat/form-view.ts'
import type { IncomingPage } from '../../src/chat/incoming.ts'
import type { Language } from '../../src/chat/language.ts'
import { buttonsOf, cardToText } from '../../src/platforms/text/render-card.ts'
import type { ShownMessage } from '../../src/platforms/web/shown-message.ts'
import { ChatFollower } from './chat-follower.ts'

/** What a person has seen of the reply to one thing that they said or pressed. */
export interface SeenReply {
  /** Each state of the card, the last one being what stays. */
  cards: Card[]
  toasts: string[]
  /** Whether nothing more will come. */
  ended: boolean
}

/** Somebody at the web chat, as the page speaks for them: one cookie, one conversation at a time. */
export class WebGuest {
  readonly address: string
  readonly cookie: string
  readonly language: Language
  conversation: string = randomUUID()
  readonly #follower: ChatFollower

  private constructor(address: string, cookie: string, language: Language) {
    this.address = address
    this.cookie = cookie
    this.language = language
    this.#follower = new ChatFollower(address, cookie)
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
  async say(text: string, onCard?: (card: Card) => void): Promise<SeenReply> {
    const id = randomUUID()
    await accepted(await this.post('messages', { id, text }))
    return this.replyTo(id, onCard)
  }

  /** The card that stays. */
  async ask(text: string): Promise<Card> {
    const { cards, ended } = await this.say(text)
    if (!ended || cards.length === 0) throw new Error(`no answer to ${text}`)
    return cards.at(-1)!
  }

  /** The reply to the message or button of this id, once it is complete. */
  async replyTo(id: string, onCard?: (card: Card) => void): Promise<SeenReply> {
    const cards: Card[] = []
    await this.#follower.waitFor((message) => {
      if (message.replyTo !== id || !message.card) return false
      cards.push(message.card)
      onCard?.(message.card)
      return !message.open
    })
    return { cards, toasts: [], ended: true }
  }

  /** What the platform answers to a press of a button at once. Throws what it refuses with. */
  async act(
    { action, value }: Pick<Button, 'action' | 'value'>,
    { id = randomUUID(), message }: { id?: string; message?: string } = {},
  ): Promise<Acknowledgement> {
    return accepted(await this.post('actions', { id, action, value, ...(message ? { message } : {}) }))
  }

  /** The same as a reply; where nothing is answered at once, the message that follows is. */
  async press(button: Pick<Button, 'action' | 'value'>): Promise<SeenReply> {
    const id = randomUUID()
    const given = await this.act(button, { id })
    if (Object.keys(given).length === 0) return this.replyTo(id)
    const cards = [given.replace, given.beside].filter((card) => card !== undefined)
    return { cards, toasts: given.toast === undefined ? [] : [given.toast], ended: true }
  }

  /** The card that a button opens. */
  async open(button: Button): Promise<Card> {
    const { cards } = await this.press(button)
    if (cards.length === 0) throw new Error(`${button.label} opened nothing`)
    return cards.at(-1)!
  }

  /** Leaves a page of a form that stands open. Throws what the platform refuses with. */
  async submitPage(
    { draft, page }: Pick<FormView, 'draft' | 'page'>,
    step: IncomingPage['step'],
    values: IncomingPage['values'] = {},
    id: string = randomUUID(),
  ): Promise<Acknowledgement> {
    return accepted(await this.post('pages', { id, draft, page, step, values }))
  }

  /** Sends a file into the conversation; resolves to the id of its message. Throws what it is refused with. */
  async upload(name: string, content: Uint8Array<ArrayBuffer> | string): Promise<string> {
    const { id }: { id: string } = await accepted(await this.postFile(name, content))
    return id
  }

  postFile(name: string, content: Uint8Array<ArrayBuffer> | string, id = randomUUID()): Promise<Response> {
    const form = new FormData()
    form.set('id', id)
    form.set('conversation', this.conversation)
    form.set('file', new Blob([content]), name)
    return fetch(`${this.address}/api/files`, {
      method: 'POST',
      headers: { 'Accept-Language': this.language, Cookie: this.cookie, Origin: this.address },
      body: form,
    })
  }

  /** What a page that is opened now shows of the conversation. */
  async transcript(conversation: string = this.conversation): Promise<ShownMessage[]> {
    const response = await fetch(`${this.address}/api/transcript?conversation=${conversation}`, {
      headers: { Cookie: this.cookie },
    })
    const { messages }: { messages: ShownMessage[] } = await accepted(response)
    return messages
  }

  /** The first message, in any thread of this chat, of which some state is as wanted; also one from before. */
  waitFor(wanted: (message: ShownMessage) => boolean): Promise<ShownMessage> {
    return this.#follower.waitFor(wanted)
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

async function accepted<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as T
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
