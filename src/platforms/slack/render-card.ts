import {
  type Block,
  type Button,
  type Card,
  isLinkable,
  type PictureBlock,
  type Run,
} from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { cardToText } from '../text/render-card.ts'
import { lengthOf, pieces, type RichElement, sections, split, type TextElement } from './card-text.ts'
import * as limits from './limits.ts'

export interface PlainText {
  type: 'plain_text'
  text: string
  emoji: false
}

export interface ButtonElement {
  type: 'button'
  action_id: string
  text: PlainText
  value?: string
  style?: 'primary'
}
/** The blocks that cards are made of. */
export type CardBlock =
  | { type: 'header'; text: PlainText }
  | { type: 'rich_text'; elements: RichElement[] }
  | { type: 'context'; elements: PlainText[] }
  | { type: 'table'; rows: { type: 'raw_text'; text: string }[][] }
  | { type: 'actions'; elements: ButtonElement[] }
  | { type: 'image'; slack_file: { id: string }; alt_text: string }
  | { type: 'divider' }

/** What the platform calls pictures that were uploaded, by blob. */
export type Pictures = ReadonlyMap<string, string>

export type Surface = 'message' | 'modal' | 'home'

/**
 * A card as blocks. Running text is `rich_text`, which knows no markup: what a person typed stays as they typed it,
 * asterisks, mentions and all. What is over a limit is cut, and a line below says so.
 * @param pictures Others are shown by their words and a link. Default: none was uploaded.
 */
export function renderCard(
  card: Card,
  surface: Surface,
  language: Language,
  pictures: Pictures = new Map(),
): CardBlock[] {
  const drawing = new Drawing(surface, pictures)
  if (card.title && surface !== 'modal') drawing.header(card.title)
  for (const block of card.blocks) drawing.block(block)
  return drawing.finished(language)
}

/** What a notification says, and what is read where blocks are not shown. Slack reads markup in it: escaped. */
export function fallbackText(card: Card): string {
  const text = cardToText(card, { buttons: 'none' })
  return cut(escapeText(cut(text, limits.longestFallback / 2)), limits.longestFallback) || ' '
}

/** Text as it may stand in Slack's own markup. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

export function plainText(text: string, most: number): PlainText {
  return { type: 'plain_text', text: cut(oneLine(text), most) || ' ', emoji: false }
}

/** At most so long, with an ellipsis where something was cut off; a pair that makes one character is not torn. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function oneLine(text: string): string {
  return harmlessText(text)
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()
}

/** What a button of a card carries: its action's name before the last sign, and its value. */
function renderButton(button: Button, number: number): ButtonElement | null {
  const value = JSON.stringify(button.value)
  const action_id = `${button.action}${idSeparator}${number}`
  if (value.length > limits.longestButtonValue || action_id.length > limits.longestId) return null
  return {
    type: 'button',
    action_id,
    text: plainText(button.label, limits.longestButton),
    value,
    ...(button.style === 'primary' ? { style: 'primary' as const } : {}),
  }
}

/** Within one block ids must differ, though two buttons may do the same thing with different values. */
export const idSeparator = '~'

/** One card in the making, and what room is left in it. */
class Drawing {
  readonly #surface: Surface
  readonly #pictures: Pictures
  readonly #blocks: CardBlock[] = []
  #room = limits.mostText
  #isShortened = false
  #tables = 0
  #buttons = 0

  constructor(surface: Surface, pictures: Pictures) {
    this.#surface = surface
    this.#pictures = pictures
  }

  header(title: string): void {
    this.#blocks.push({ type: 'header', text: plainText(this.#take(title), limits.longestHeader) })
  }

  block(block: Block): void {
    switch (block.type) {
      case 'text':
        this.#rich({ type: 'rich_text_section', elements: this.#runs(block.runs) })
        break
      case 'quote':
        this.#rich({ type: 'rich_text_quote', elements: this.#runs(block.runs) })
        if (block.source) this.#note(`—— ${block.source}`)
        break
      case 'note':
        this.#note(block.text)
        break
      case 'list':
        this.#rich({
          type: 'rich_text_list',
          style: 'bullet',
          elements: block.items.flatMap((item) => sections(this.#runs(item))),
        })
        break
      case 'table':
        this.#table(block.header, block.rows)
        break
      case 'buttons':
        this.#actions(block.buttons)
        break
      case 'link':
        this.#link(block.label, block.url)
        break
      case 'file':
      case 'document':
        this.#link(block.name, block.url)
        break
      case 'picture':
        this.#picture(block)
        break
      case 'divider':
        this.#blocks.push({ type: 'divider' })
    }
  }

  finished(language: Language): CardBlock[] {
    const blocks = this.#blocks
    const most = (this.#surface === 'message' ? limits.mostMessageBlocks : limits.mostViewBlocks) - 1
    while (blocks.length > most) {
      this.#isShortened = true
      // What can be pressed is worth more than the end of what can be read.
      const last = blocks.findLastIndex(({ type }) => type !== 'actions')
      blocks.splice(last < 0 ? blocks.length - 1 : last, 1)
    }
    if (this.#isShortened || blocks.length === 0) {
      const text = this.#isShortened ? translate(language, 'slack:shortened') : ' '
      blocks.push({ type: 'context', elements: [plainText(text, limits.longestContext)] })
    }
    return blocks
  }

  /** Pieces that follow one another share a block, of which there are few. */
  #rich(whole: RichElement): void {
    for (const element of split(whole)) this.#add(element)
  }

  #add(element: RichElement): void {
    const last = this.#blocks.at(-1)
    if (last?.type === 'rich_text' && lengthOf(last.elements) + lengthOf([element]) <= limits.longestText) {
      // Two sections in a row would run together without a space between them.
      const previous = last.elements.at(-1)
      if (element.type === 'rich_text_section' && previous?.type === 'rich_text_section') {
        previous.elements.push({ type: 'text', text: '\n\n' })
      }
      last.elements.push(element)
    } else {
      this.#blocks.push({ type: 'rich_text', elements: [element] })
    }
  }

  #note(text: string): void {
    const shown = this.#take(harmlessText(text).trim())
    for (const piece of pieces(shown, limits.longestContext)) {
      this.#blocks.push({ type: 'context', elements: [{ type: 'plain_text', text: piece, emoji: false }] })
    }
  }

  #runs(runs: readonly Run[]): TextElement[] {
    return runs.flatMap(({ text, mark, strong }): TextElement[] => {
      const shown = this.#take(harmlessText(text))
      if (shown === '') return []
      return [{ type: 'text', text: shown, ...(mark || strong ? { style: { bold: true } } : {}) }]
    })
  }

  #link(label: string, url: string): void {
    const text = this.#take(oneLine(label))
    const address = oneLine(url)
    if (isLinkable(address) && address.length <= limits.longestLink) {
      const link = { type: 'link' as const, url: address, text: text || address }
      this.#rich({ type: 'rich_text_section', elements: [link] })
    } else {
      const copied = { type: 'text' as const, text: `${text}\n${this.#take(address)}` }
      this.#rich({ type: 'rich_text_section', elements: [copied] })
    }
  }

  #picture({ blob, alt, name, url }: PictureBlock): void {
    const id = this.#pictures.get(blob)
    if (id === undefined) {
      this.#rich({ type: 'rich_text_section', elements: this.#runs([{ text: alt }]) })
      this.#link(name, url)
    } else {
      this.#blocks.push({
        type: 'image',
        slack_file: { id },
        alt_text: cut(oneLine(alt), limits.longestAlt) || ' ',
      })
    }
  }

  /** A message may have one table; more of them, wide ones, and those of a modal stand as lines of text. */
  #table(header: readonly string[], rows: readonly (readonly string[])[]): void {
    const all = [header, ...rows].map((row) => row.map(oneLine))
    const columns = Math.max(...all.map((row) => row.length))
    const length = all.flat().join('').length
    const fits =
      all.length <= limits.mostTableRows &&
      columns <= limits.mostTableColumns &&
      length <= Math.min(limits.mostTableText, this.#room)
    if (columns === 0) return
    if (this.#surface !== 'message' || this.#tables > 0 || !fits) {
      const text = this.#take(all.map((row) => row.join(' | ')).join('\n'))
      if (text !== '') this.#rich({ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] })
      return
    }
    this.#tables += 1
    this.#room -= length
    this.#blocks.push({
      type: 'table',
      rows: all.map((row) =>
        Array.from({ length: columns }, (_, column) => ({ type: 'raw_text', text: row[column] || ' ' })),
      ),
    })
  }

  #actions(buttons: readonly Button[]): void {
    const elements = buttons.flatMap((button) => {
      const element = renderButton(button, this.#buttons++)
      if (!element) this.#isShortened = true
      return element ? [element] : []
    })
    for (let at = 0; at < elements.length; at += limits.mostActions) {
      this.#blocks.push({ type: 'actions', elements: elements.slice(at, at + limits.mostActions) })
    }
  }

  /** As much of a text as there is room for. */
  #take(text: string): string {
    const shown = this.#room <= 0 ? '' : cut(text, this.#room)
    if (shown !== text) this.#isShortened = true
    this.#room -= shown.length
    return shown
  }
}
