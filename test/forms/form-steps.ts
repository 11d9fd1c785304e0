import type { Card } from '../../src/chat/card.ts'
import { translate } from '../../src/messages/translate.ts'
import { renderCard } from '../../src/platforms/terminal/render-card.ts'
import { buttonsOf } from '../../src/platforms/text/render-card.ts'
import { privateChat } from './form-house.ts'
import type { FormOnScreen, FormRenderer, ReadHouse } from './form-renderer.ts'

/**
 * Somebody answers one question after another in the terminal, by what is printed there alone: a question is known by
 * its label, an option is chosen by the number before it.
 */
class FormSteps implements FormOnScreen {
  readonly #house: ReadHouse
  #card: Card

  constructor(house: ReadHouse, card: Card) {
    this.#house = house
    this.#card = card
  }

  get #printed(): string {
    return renderCard(this.#card, { columns: undefined, color: false }, 'zh-CN')
  }

  /** The field that is asked; undefined at the summary. */
  get #asked(): string | undefined {
    const lines = this.#printed.split('\n')
    return this.#house.fieldsOf().find((field) => lines.includes(this.#house.labelOf(field)))
  }

  async answer(field: string, typed: string | string[]): Promise<string> {
    await this.#goTo(field)
    const said =
      typeof typed === 'string' ? this.#optionOf(typed) : typed.map((one) => this.#numberOf(one)).join('、')
    const words = typed === 'yes' ? translate('zh-CN', 'forms:value.yes') : said
    await this.#type(words)
    // What is wrong stands above the question, which is asked again.
    return this.#asked === field ? this.#printed.trim().split('\n\n')[1]! : ''
  }

  async send(field: string, files: Parameters<FormOnScreen['send']>[1]): Promise<void> {
    await this.#goTo(field)
    await this.#house.type(terminal.place, '', files)
    this.#card = this.#house.lastCard()
  }

  async held(field: string): Promise<string> {
    await this.#goTo(field)
    return /^现已填：(.*)$/m.exec(this.#printed)?.[1] ?? ''
  }

  async summary(): Promise<[string, string][]> {
    while (this.#asked !== undefined) await this.#skip()
    return [...this.#printed.matchAll(/^- ([^：]*)：(.*)$/gm)].map(([, label = '', value = '']) => [
      label,
      value,
    ])
  }

  submit(): Promise<string> {
    return this.#type('提交')
  }

  save(): Promise<string> {
    return this.#type('保存草稿')
  }

  cancel(): Promise<string> {
    return this.#type('取消')
  }

  async #goTo(field: string): Promise<void> {
    const order = this.#house.fieldsOf()
    for (let asked = this.#asked; asked !== field; asked = this.#asked) {
      if (asked !== undefined && order.indexOf(asked) < order.indexOf(field)) await this.#skip()
      else await this.#type('上一步')
    }
  }

  async #skip(): Promise<void> {
    const asked = this.#asked
    await this.#type('跳过')
    if (this.#asked === asked) throw new Error(`stopped at ${this.#printed}`)
  }

  /** Types a line; a number presses the button before which it stands. Gives what is printed for it. */
  async #type(line: string): Promise<string> {
    const before = this.#house.said.length
    const button = /^\d+$/.test(line) ? buttonsOf(this.#card)[Number(line) - 1] : undefined
    const toast = button
      ? (await this.#house.press(terminal.place, button.action, button.value)).toast
      : void (await this.#house.type(terminal.place, line))
    const cards = this.#house.said.slice(before).map(({ card }) => card)
    this.#card = cards.at(-1) ?? this.#card
    return [
      ...(toast ? [toast] : []),
      ...cards.map((card) => renderCard(card, { columns: undefined, color: false }, 'zh-CN')),
    ].join('\n')
  }

  /** An option by its number as printed, what else was written as it is. */
  #optionOf(typed: string): string {
    const option = this.#house.optionLabel(this.#asked!, typed)
    return option === undefined ? typed : this.#numberOf(typed)
  }

  #numberOf(value: string): string {
    const label = this.#house.optionLabel(this.#asked!, value)
    const [, number] = new RegExp(`^\\[(\\d+)\\] ${label}`, 'm').exec(this.#printed) ?? []
    if (number === undefined) throw new Error(`no option ${value} in ${this.#printed}`)
    return number
  }
}

/** One question after another, as platforms ask that have no forms. */
export const terminal: FormRenderer = {
  name: 'step by step',
  place: privateChat('terminal', 'ada'),
  async open(house) {
    const opened = await house.open(terminal.place)
    if (!('card' in opened)) throw new Error('nothing was asked')
    return new FormSteps(house, opened.card)
  },
  async goOn(house) {
    await house.type(terminal.place, '继续填写')
    return new FormSteps(house, house.lastCard())
  },
}
