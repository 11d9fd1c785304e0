import { buttonsIn, readIn, type SlackPerson } from '../../fakes/slack-person.ts'
import type { FakeSlack } from '../../fakes/slack-server.ts'
import type { SlackMessage } from '../../fakes/slack-workspace.ts'
import { awaited, holds, type Seat, type Values } from './seat.ts'

/** Somebody in Slack, where forms are modals. */
export class SlackSeat implements Seat {
  readonly #fake: FakeSlack
  readonly #person: SlackPerson
  readonly #pass: () => void
  /** Where they speak and look. */
  readonly #channel: string
  /** How many views there had been when a button was pressed last. */
  #opened = 0
  /** The last press, and how much had been said by then. */
  #pressed: [label: string, about: string] = ['', '']
  #read = 0

  constructor(fake: FakeSlack, person: SlackPerson, pass: () => void, channel = person.im) {
    this.#fake = fake
    this.#person = person
    this.#pass = pass
    this.#channel = channel
  }

  async say(text: string): Promise<void> {
    this.#pass()
    const isAlone = this.#channel === this.#person.im
    await this.#person.say(isAlone ? text : `<@UBOT> ${text}`, this.#channel)
  }

  async sees(...words: string[]): Promise<string> {
    const find = () => this.#texts().findLast((text) => holds(text, words))
    return awaited(find, this.#pass, words.join())
  }

  async hasSeen(words: string): Promise<boolean> {
    return this.#texts().some((text) => text.includes(words))
  }

  async receives(...words: string[]): Promise<string> {
    const find = () => {
      const shared = this.#person.seen(this.#channel).flatMap(({ files = [] }) => files.map(({ id }) => id))
      return this.#fake.workspace.uploads.all
        .filter(({ id }) => shared.includes(id))
        .map(({ bytes }) => String(bytes))
        .findLast((text) => holds(text, words))
    }
    return awaited(find, this.#pass, words.join())
  }

  async press(label: string, about: string): Promise<void> {
    this.#pass()
    const find = (): 'modal' | SlackMessage | undefined => {
      const modal = this.#modal?.view
      if (modal && readIn(modal).includes(about) && hasButton(modal.blocks, label)) return 'modal'
      return this.#person
        .seen(this.#channel)
        .findLast(
          ({ blocks }) => blocks !== undefined && readIn(blocks).includes(about) && hasButton(blocks, label),
        )
    }
    const found = await awaited(find, this.#pass, `${label} of ${about}`)
    const shown = this.#fake.workspace.views.length
    this.#pressed = [label, about]
    this.#read = this.#texts().length
    await (found === 'modal'
      ? this.#person.pressInModal(label)
      : this.#person.press(label, under(found, about, label)))
    this.#opened = shown
  }

  async fill(values: Values): Promise<void> {
    for (let tries = 0; tries < 5; tries += 1) {
      const came = await awaited(() => this.#modal ?? this.#refusal, this.#pass, 'a modal')
      if (typeof came !== 'string') break
      // The card was out of date; the one that follows it is pressed.
      await this.press(...this.#pressed)
    }
    for (let turns = 0; turns < 20; turns += 1) {
      const response = await this.#person.submit(values)
      if (response.response_action === 'clear') return
      if (response.response_action === 'errors') throw new Error(JSON.stringify(response.errors))
    }
    throw new Error('a form without end')
  }

  async send(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const path = `/files/${name}`
    this.#fake.workspace.files.set(path, bytes)
    const url_private_download = `${this.#fake.origin}${path}`
    const file = { id: `F${name}`, name, mimetype: 'text/plain', size: bytes.length, url_private_download }
    await this.#person.say('', this.#person.im, { subtype: 'file_share', files: [file] })
  }

  /** What was said of a card that was out of date since the last press. */
  get #refusal(): string | undefined {
    return this.#texts()
      .slice(this.#read)
      .find((text) => text.includes('刚有变动'))
  }

  /** What was opened since the last press. */
  get #modal() {
    return this.#fake.workspace.views.slice(this.#opened).findLast(({ how }) => how !== 'publish')
  }

  #texts(): string[] {
    return this.#person
      .seen(this.#channel)
      .map(({ blocks, text }) => (blocks === undefined ? text : readIn(blocks)))
  }
}

/** Of a list the part that is about one thing: its buttons follow its line. */
function under(message: SlackMessage, about: string, label: string): SlackMessage {
  const blocks = message.blocks as { type: string }[]
  const from = blocks.findIndex((block) => readIn(block).includes(about))
  const to = blocks.findIndex((block, at) => at >= from && hasButton([block], label))
  return { ...message, blocks: blocks.slice(from, to + 1) }
}

function hasButton(blocks: unknown, label: string): boolean {
  return buttonsIn(blocks).some(({ text }) => text.text === label)
}
