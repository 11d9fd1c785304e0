import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { Operation } from '../../../src/chat/outgoing.ts'
import type { Platform } from '../../../src/chat/platform.ts'
import type { FormDefinition, FormField } from '../../../src/forms/definition.ts'
import { translate } from '../../../src/messages/translate.ts'
import { createTerminalPlatform, type TerminalOptions } from '../../../src/platforms/terminal/platform.ts'
import { awaited, holds, type Seat, type Values } from './seat.ts'

interface Pipes {
  input: PassThrough
  output: PassThrough
}

/** Several terminals of one house, each with a person before it. */
export class Terminals {
  readonly #open = new Map<string, Platform>()

  /** Another screen, before which somebody sits. */
  add(user: string, options: Pick<TerminalOptions, 'clock' | 'logger' | 'keepFile'>): Pipes {
    const pipes = { input: new PassThrough(), output: new PassThrough() }
    this.#open.set(user, createTerminalPlatform({ ...options, ...pipes, language: 'zh-CN', user }))
    return pipes
  }

  /** All of them as the house knows them: one platform, of which each chat is a screen. */
  get platform(): Platform {
    const all = [...this.#open.values()]
    const whose = ({ to }: Operation) => (to.type === 'conversation' ? to.conversation.chat : to.account.user)
    return {
      ...all[0]!,
      start: async (intake) => void (await Promise.all(all.map((one) => one.start(intake)))),
      deliver: (operation) => this.#open.get(whose(operation))!.deliver(operation),
      stop: async () => void (await Promise.all(all.map((one) => one.stop()))),
    }
  }
}

/**
 * Somebody at a terminal, where forms are asked one question after another. Nobody is written to there: what they are
 * told they read elsewhere, and what waits for them they ask for.
 */
export class TerminalSeat implements Seat {
  readonly #input: PassThrough
  readonly #elsewhere: Seat
  readonly #pass: () => void
  /** The fields of all forms, by what they are called. */
  readonly #fields: Map<string, FormField[]>
  #shown = ''
  /** How much of it had been shown when the last line was typed. */
  #before = 0

  constructor({ input, output }: Pipes, forms: readonly FormDefinition[], elsewhere: Seat, pass: () => void) {
    this.#input = input
    this.#elsewhere = elsewhere
    this.#pass = pass
    const fields = forms.flatMap(({ pages }) => pages.flatMap((page) => page.fields))
    this.#fields = Map.groupBy(fields, ({ label }) => translate('zh-CN', label))
    output.setEncoding('utf8').on('data', (text: string) => {
      this.#shown += text
    })
  }

  say(text: string): Promise<void> {
    return this.#type(text)
  }

  async sees(...words: string[]): Promise<string> {
    const here = this.#answer
    return holds(here, words) ? here : this.#elsewhere.sees(...words)
  }

  async hasSeen(words: string): Promise<boolean> {
    return this.#shown.includes(words) || (await this.#elsewhere.hasSeen(words))
  }

  receives(...words: string[]): Promise<string> {
    return this.#elsewhere.receives(...words)
  }

  async press(label: string, about: string): Promise<void> {
    if (!holds(this.#lastCard, [about, `] ${label}`])) await this.#open(label, about)
    await this.#type(label)
  }

  async fill(values: Values): Promise<void> {
    const asked: string[] = []
    const isOpen = (name: string) => values[name] !== undefined && !asked.includes(name)
    let changed = ''
    for (let turns = 0; turns < 60; turns += 1) {
      const shown = this.#answer
      if (/第 \d+ 项，共 \d+ 项/.test(shown)) {
        // What a record asks of its own has no definition: its answer is given by what it is called.
        // A form may be called like another's field, so what stands above the count is left out.
        const lines = shown.slice(shown.search(/第 \d+ 项，共 \d+ 项/)).split('\n')
        const called = lines.find((line) => this.#fields.has(line) || values[line]) ?? ''
        // Several forms have a field that is called so.
        const meant = this.#fields.get(called)?.filter(({ name }) => values[name] !== undefined) ?? []
        const field = meant.find(({ name }) => isOpen(name))
        if (!field && meant.length > 0 && shown.includes('必填')) throw new Error(`asked again: ${shown}`)
        if (field) asked.push(field.name)
        await this.#type(
          field ? this.#answerTo(field, values[field.name]!) : String(values[called] ?? '跳过'),
        )
      } else if (shown.includes('要修改哪一项')) {
        const option = shown.split('\n').find((line) => line.endsWith(`] ${changed}`)) ?? ''
        await this.#type(/\d+/.exec(option)?.[0] ?? changed)
      } else if (shown.includes('请核对')) {
        // What was filled in before is not asked again.
        changed =
          [...shown.matchAll(/^- ([^：]*)：/gm)]
            .map(([, label = '']) => label)
            .find((label) => this.#fields.get(label)?.some(({ name }) => isOpen(name))) ?? ''
        if (changed === '') return this.#type('提交')
        await this.#type('修改')
      } else throw new Error(`no question: ${shown}`)
    }
    throw new Error('a form without end')
  }

  async send(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const path = join(await mkdtemp(join(tmpdir(), 'kexie-life-')), name)
    await writeFile(path, bytes)
    await this.#type(path)
  }

  /** The card whose buttons are pressed by their names: the last that was shown, if it has any. */
  get #lastCard(): string {
    const cards = this.#answer.split(translate('zh-CN', 'chat:press-by-number'))
    return cards.pop()?.trim() === '' ? (cards.at(-1) ?? '') : ''
  }

  /** What was shown since the last line. */
  get #answer(): string {
    return this.#shown.slice(this.#before)
  }

  /** From what waits for them, or else from what they sent in, to the whole of a record; of an event by its number. */
  async #open(label: string, about: string): Promise<void> {
    if (/^HD-/.test(about)) {
      await this.#type(about)
      if (this.#answer.includes(`] ${label}`)) return
    }
    for (const list of ['待我处理', '我的提交']) {
      await this.#type(list)
      const at = this.#answer.indexOf(about)
      const [, number] = /\[(\d+)\] 查看全文/.exec(at < 0 ? '' : this.#answer.slice(at)) ?? []
      if (number === undefined) continue
      await this.#type(number)
      if (this.#answer.includes(`] ${label}`)) return
    }
    throw new Error(`no ${label} of ${about}: ${this.#shown.slice(-2000)}`)
  }

  /** An option by its number as it is printed, other things as they are. */
  #answerTo({ options = [] }: FormField, value: string | string[]): string {
    return [value]
      .flat()
      .map((one) => {
        const option = options.find((known) => known.value === one)
        if (!option) return one
        const label = `] ${translate('zh-CN', option.label)}`
        const line = this.#answer.split('\n').find((printed) => printed.endsWith(label)) ?? ''
        return /\d+/.exec(line)?.[0] ?? translate('zh-CN', option.label)
      })
      .join('、')
  }

  async #type(line: string): Promise<void> {
    this.#pass()
    this.#before = this.#shown.length
    this.#input.write(`${line}\n`)
    // A card ends with an empty line. A line above it is not all; after a press it may be, if nothing follows it.
    let alone = 0
    const isWhole = () => {
      const shown = this.#answer
      // The result takes the place of this.
      if (shown.trimEnd().endsWith(translate('zh-CN', 'registration:received'))) return undefined
      alone += /^[^\n]+\n$/.test(shown) ? 1 : 0
      return (shown.trim() !== '' && shown.endsWith('\n\n')) || alone > 25 || undefined
    }
    await awaited(isWhole, this.#pass, `an answer to ${line}`)
  }
}
