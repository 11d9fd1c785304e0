import type { Button, Card } from '../../../src/chat/card.ts'
import type { FormView } from '../../../src/chat/form-view.ts'
import { buttonsOf, cardToText } from '../../../src/platforms/text/render-card.ts'
import type { ShownMessage } from '../../../src/platforms/web/shown-message.ts'
import { textOf, type WebGuest } from '../../bot/web-guest.ts'
import { holds, type Seat, type Values } from './seat.ts'

/** Somebody at the page of the web chat, where forms are pages beside the conversation. */
export class WebSeat implements Seat {
  readonly #guest: WebGuest
  readonly #pass: () => void
  /** Cards that were pressed are done with, until another takes their place. */
  readonly #pressed = new Set<string>()
  #form: FormView | undefined
  /** What stands open beside the conversation. */
  #beside: Card | undefined

  constructor(guest: WebGuest, pass: () => void) {
    this.#guest = guest
    this.#pass = pass
  }

  async say(text: string): Promise<void> {
    this.#pass()
    await this.#guest.say(text)
  }

  async sees(...words: string[]): Promise<string> {
    const found = await this.#cardOf(({ card }) => card !== null && holds(textOf(card), words), words.join())
    return textOf(found.card!)
  }

  async hasSeen(words: string): Promise<boolean> {
    const id = crypto.randomUUID()
    // Asked last of all, so that whatever was told before has come.
    await this.#guest.post('messages', { id, text: '我的提交' })
    let isSeen = false
    await this.#guest.waitFor((message) => {
      if (message.card && textOf(message.card).includes(words)) isSeen = true
      return message.replyTo === id && !message.open
    })
    return isSeen
  }

  async receives(...words: string[]): Promise<string> {
    let text = ''
    await this.#cardOf(({ card }) => {
      const file = card?.blocks.find((block) => block.type === 'file' && holds(block.text, words))
      if (file?.type === 'file') text = file.text
      return file !== undefined
    }, words.join())
    return text
  }

  async press(label: string, about: string): Promise<void> {
    this.#pass()
    const beside = this.#beside
    this.#beside = undefined
    const shown = beside && buttonsOf(beside).find((button) => button.label === label)
    if (shown && textOf(beside).includes(about)) return void (await this.#act(shown))
    for (let tries = 0; tries < 5; tries += 1) {
      const found = await this.#cardOf(
        (message) =>
          message.card !== null &&
          !this.#pressed.has(stateOf(message)) &&
          buttonsOf(message.card).some((button) => button.label === label) &&
          cardToText(message.card, { buttons: 'none' }).includes(about),
        `${label} of ${about}`,
      )
      this.#pressed.add(stateOf(found))
      const { id, card } = found
      // A card that is out of date is answered by what holds now; the one that followed it is pressed then.
      if (await this.#act(buttonsOf(card!).find((one) => one.label === label)!, id)) return
    }
  }

  /** Whether it was done. */
  async #act(button: Button, message?: string): Promise<boolean> {
    // The page says such words itself.
    if (button.action === 'ask') {
      await this.#guest.say(button.value.text ?? '')
      return true
    }
    const done = await this.#guest.act(button, message === undefined ? {} : { message })
    this.#form = done.form
    this.#beside = done.beside
    return !done.toast?.includes('刚有变动')
  }

  async fill(values: Values): Promise<void> {
    for (let turns = 0; this.#form; turns += 1) {
      const form: FormView = this.#form
      const { page, fields } = form
      const problems = fields.flatMap(({ name, problem }) => (problem === '' ? [] : `${name}: ${problem}`))
      if (problems.length > 0 || turns > 20) throw new Error(`stopped at ${page}: ${problems.join()}`)
      const typed = fields.map(({ name, value }) => [name, values[name] ?? value])
      const step = page === 'summary' ? ('submit' as const) : ('next' as const)
      const left = await this.#guest.submitPage(form, step, Object.fromEntries(typed))
      this.#form = left.form
    }
  }

  async send(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#guest.upload(name, bytes)
  }

  #cardOf(wanted: (message: ShownMessage) => boolean, what: string): Promise<ShownMessage> {
    // What waits for its turn goes out as time passes.
    const passing = setInterval(this.#pass, 50)
    return this.#guest
      .waitFor((message) => !message.open && wanted(message))
      .catch((error) => {
        throw new Error(`not seen: ${what}. ${error instanceof Error ? error.message : ''}`)
      })
      .finally(() => clearInterval(passing))
  }
}

/** One of the states of a message, which is replaced as what it is about goes on. */
function stateOf({ id, seq }: ShownMessage): string {
  return `${id} ${seq}`
}
