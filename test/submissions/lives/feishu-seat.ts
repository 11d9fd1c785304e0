import type { FeishuServer } from '../../fakes/feishu-server.ts'
import { filledInCard } from '../../forms/form-surfaces.ts'
import { type FeishuPerson, findButton, read } from '../../platforms/feishu-stage.ts'
import { awaited, holds, type Seat, type Values } from './seat.ts'

/** Somebody in Feishu, where a form takes the place of the card by which it was opened. */
export class FeishuSeat implements Seat {
  readonly #server: FeishuServer
  readonly #person: FeishuPerson
  readonly #pass: () => void

  constructor(server: FeishuServer, person: FeishuPerson, pass: () => void) {
    this.#server = server
    this.#person = person
    this.#pass = pass
  }

  async say(text: string): Promise<void> {
    this.#pass()
    await this.#person.say(text)
  }

  async sees(...words: string[]): Promise<string> {
    const find = () =>
      this.#person
        .messages()
        .map(({ card }) => read(card))
        .findLast((text) => holds(text, words))
    return awaited(find, this.#pass, words.join())
  }

  async hasSeen(words: string): Promise<boolean> {
    return (await this.#person.shown()).includes(words)
  }

  async receives(...words: string[]): Promise<string> {
    const find = () => {
      const shown = this.#person.messages().map(({ card }) => read(card))
      return this.#server.handed.all.findLast(({ name, text }) => shown.includes(name) && holds(text, words))
        ?.text
    }
    return awaited(find, this.#pass, words.join())
  }

  async press(label: string, about: string): Promise<void> {
    this.#pass()
    const find = () => {
      const last = this.#person.messages().findLast(({ card }) => findButton(card, label))
      return last && read(last.card).includes(about) ? last : undefined
    }
    for (let tries = 0; tries < 5; tries += 1) {
      await awaited(find, this.#pass, `${label} of ${about}`)
      const { toast } = await this.#person.click(label)
      // The card was out of date, and has been renewed by the press.
      if (!toast.includes('刚有变动')) return
      this.#pass()
    }
  }

  async fill(values: Values): Promise<void> {
    // The form follows as a message of its own.
    await awaited(() => this.#page, this.#pass, 'a page of a form')
    for (let turns = 0; turns < 20; turns += 1) {
      const card = this.#page
      const label = findButton(card, '下一步') ? '下一步' : '提交'
      await this.#person.click(label, filledInCard(card, values))
      if (label === '提交') return
    }
    throw new Error(`a form without end: ${await this.#person.shown()}`)
  }

  async send(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#server.files.set(`file_${name}`, { bytes: Buffer.from(bytes), type: 'text/plain' })
    const content = JSON.stringify({ file_key: `file_${name}`, file_name: name })
    await this.#person.say('', { message_type: 'file', content })
  }

  get #page(): unknown {
    return this.#person.messages().findLast(({ card }) => findButton(card, '保存草稿'))?.card
  }
}
