import { cursorTo, type Interface, moveCursor } from 'node:readline'
import type { Writable } from 'node:stream'
import type { Button, Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { buttonsOf } from '../text/render-card.ts'
import { renderCard } from './render-card.ts'

export interface ScreenOptions {
  output: Writable & { isTTY?: boolean; columns?: number }
  language: Language
  color: boolean
}

/** What is printed, and the buttons of the last card. */
export class Screen {
  readonly #options: ScreenOptions
  #buttons: Button[] = []
  #typing: Interface | undefined
  /** Whether the prompt stands there: not while a line waits for its answer. */
  #prompting = false

  constructor(options: ScreenOptions) {
    this.#options = options
  }

  /** The line editor of an interactive terminal, whose line is kept whole whatever is printed meanwhile. */
  keepLineOf(reader: Interface): void {
    this.#typing = reader
  }

  print(card: Card): void {
    const { output, color, language } = this.#options
    this.#buttons = buttonsOf(card)
    this.#write(renderCard(card, { columns: output.isTTY ? output.columns : undefined, color }, language))
  }

  printLine(text: string): void {
    this.#write(`${harmlessText(text)}\n`)
  }

  /** The button that this number presses, counted from 1. */
  button(number: number): Button | undefined {
    return this.#buttons[number - 1]
  }

  /** The button that reads like this, of the last card. */
  buttonNamed(label: string): Button | undefined {
    return this.#buttons.find((button) => button.label.trim() === label)
  }

  prompt(): void {
    this.#prompting = true
    this.#typing?.prompt(true)
  }

  /** A line was typed; until the next prompt there is none to draw anew. */
  lineTaken(): void {
    this.#prompting = false
  }

  /** No line is typed any more. */
  close(): void {
    this.#typing = undefined
  }

  #write(text: string): void {
    const { output } = this.#options
    if (!this.#typing) {
      output.write(text)
      return
    }
    const rows = this.#prompting || this.#typing.line !== '' ? this.#typing.getCursorPos().rows : 0
    moveCursor(output, 0, -rows)
    cursorTo(output, 0)
    output.write(`\x1b[0J${text}`)
    // By this field the line editor remembers how far up its line begins; it begins here now. It has no method for it.
    Object.assign(this.#typing, { prevRows: 0 })
    if (this.#prompting || this.#typing.line !== '') this.#typing.prompt(true)
  }
}
