import { type Block, type Button, type Card, isLinkable, type Run } from '../../chat/card.ts'
import { languageOf } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { cardToText } from '../text/render-card.ts'
import { cut, label, markdown, oneLine } from './card-text.ts'
import {
  largestCard,
  longestAlt,
  longestLabel,
  longestSummary,
  longestText,
  mostButtons,
  mostElements,
  mostTableColumns,
  mostTableRows,
  mostTables,
  tablePage,
} from './limits.ts'

/** Something in a card, as the vendor's Card JSON 2.0 has it. */
export interface Element {
  tag: string
  [attribute: string]: unknown
}

/** Card JSON 2.0: https://open.feishu.cn/document/feishu-cards/card-json-v2-structure */
export interface FeishuCard {
  schema: '2.0'
  config: { update_multi: true; width_mode?: 'fill'; summary?: { content: string } }
  header?: { title: Element; template: string }
  body: { elements: Element[] }
}

/** Where a card is going to stand: its buttons carry it, for a click tells the chat but neither thread nor kind. */
export interface Place {
  /** Empty outside of groups. */
  thread: string
  group: boolean
}

export const privately: Place = { thread: '', group: false }

/** What the platform calls pictures that were uploaded, by blob. */
export type Pictures = ReadonlyMap<string, string>

/** What a button of ours carries; the vendor takes only objects. */
export interface ButtonValue {
  action: string
  value: Record<string, string>
  /** What an `ask` button says where its value names no text. */
  label: string
  thread: string
  group: boolean
}

const templates = { answer: 'blue', info: 'wathet', refusal: 'grey', error: 'red' } as const

/**
 * A card as Feishu takes it, within its limits. What is too much is shortened visibly: the longest texts first, so
 * that every button stays.
 * @param pictures Others are shown by their words and a link. Default: none was uploaded.
 */
export function renderCard(card: Card, place: Place, pictures: Pictures = new Map()): FeishuCard {
  const first = shorten(card, longestText)
  const isWhole = JSON.stringify(first.blocks.slice(0, -1)) === JSON.stringify(card.blocks)
  let shown = isWhole ? card : first
  for (let budget = longestText; ; budget = Math.floor(budget / 2)) {
    const drawn = draw(shown, place, pictures)
    if (fits(drawn)) return drawn
    if (budget < 16) return draw(onlyWords(card), place, pictures)
    shown = shorten(card, budget)
  }
}

export function sizeOf(card: unknown): number {
  return Buffer.byteLength(JSON.stringify(card))
}

/** Everything with a tag, however deep, as the vendor counts. */
export function countElements(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, one) => sum + countElements(one), 0)
  if (node === null || typeof node !== 'object') return 0
  return ('tag' in node ? 1 : 0) + countElements(Object.values(node))
}

function fits(card: FeishuCard): boolean {
  return sizeOf(card) <= largestCard && countElements(card) <= mostElements
}

function draw(card: Card, place: Place, pictures: Pictures): FeishuCard {
  const title = card.title === undefined ? '' : cut(oneLine(card.title), longestLabel)
  const summary = cut(oneLine(title || cardToText(card, { buttons: 'none' })), longestSummary)
  const tables = { left: mostTables }
  const buttons = { left: mostButtons }
  return {
    schema: '2.0',
    config: { update_multi: true, ...(summary === '' ? {} : { summary: { content: summary } }) },
    ...(title === '' ? {} : { header: { title: plainText(title), template: templates[card.tone] } }),
    body: {
      elements: card.blocks.flatMap((block) => drawBlock(block, { place, tables, buttons, pictures })),
    },
  }
}

interface Drawing {
  place: Place
  pictures: Pictures
  tables: { left: number }
  buttons: { left: number }
}

function drawBlock(block: Block, drawing: Drawing): Element[] {
  switch (block.type) {
    case 'text':
      return textElement(block.runs)
    case 'quote': {
      const quoted = markdown(block.runs)
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')
      const source = block.source ? [noteElement(`—— ${oneLine(block.source)}`)] : []
      return [{ tag: 'markdown', content: quoted }, ...source]
    }
    case 'note':
      return block.text.trim() === '' ? [] : [noteElement(block.text)]
    case 'list':
      return textElement(block.items.flatMap((item, at) => [{ text: at > 0 ? '\n• ' : '• ' }, ...item]))
    case 'table':
      return drawTable(block, drawing)
    case 'buttons':
      return drawButtons(block.buttons, drawing)
    case 'link':
      return drawLink(block.label, block.url)
    case 'file':
    case 'document':
      return drawLink(block.name, block.url)
    case 'picture': {
      const key = drawing.pictures.get(block.blob)
      if (key === undefined)
        return [...textElement([{ text: block.alt }]), ...drawLink(block.name, block.url)]
      const alt = plainText(cut(oneLine(block.alt), longestAlt))
      return [{ tag: 'img', img_key: key, alt, scale_type: 'fit_horizontal', preview: true }]
    }
    case 'divider':
      return [{ tag: 'hr' }]
  }
}

function drawLink(words: string, url: string): Element[] {
  if (!isLinkable(url)) return textElement([{ text: `${words} ${url}` }])
  const behaviors = [{ type: 'open_url', default_url: new URL(url).href }]
  return [{ tag: 'button', text: plainText(label(words)), type: 'text', behaviors }]
}

/** Text without marks goes out as plain text, in which nothing can be markup; with marks as escaped markdown. */
function textElement(runs: readonly Run[]): Element[] {
  const text = runs.map((run) => run.text).join('')
  if (harmlessText(text).trim() === '') return []
  if (runs.some((run) => run.mark || run.strong)) return [{ tag: 'markdown', content: markdown(runs) }]
  return [{ tag: 'div', text: plainText(cut(harmlessText(text), longestText)) }]
}

export function noteElement(text: string): Element {
  const content = cut(harmlessText(text), longestText)
  return { tag: 'div', text: { ...plainText(content), text_size: 'notation', text_color: 'grey' } }
}

export function plainText(content: string): Element {
  return { tag: 'plain_text', content }
}

function drawTable({ header, rows }: Extract<Block, { type: 'table' }>, drawing: Drawing): Element[] {
  const width = Math.max(header.length, ...rows.map((row) => row.length))
  if (width === 0) return []
  if (drawing.tables.left === 0 || width > mostTableColumns) {
    const lines = [header, ...rows.slice(0, mostTableRows)].map((row) => row.map(oneLine).join(' | '))
    return textElement([{ text: [...lines, ...(rows.length > mostTableRows ? ['…'] : [])].join('\n') }])
  }
  drawing.tables.left -= 1
  const names = Array.from({ length: width }, (_, at) => `c${at}`)
  const toRow = (row: readonly string[]) =>
    Object.fromEntries(names.map((name, at) => [name, cut(oneLine(row[at] ?? ''), longestText)]))
  const shown = rows.slice(0, mostTableRows).map(toRow)
  if (rows.length > mostTableRows) shown.push(toRow(['…']))
  return [
    {
      tag: 'table',
      page_size: tablePage,
      row_height: 'auto',
      columns: names.map((name, at) => ({
        name,
        display_name: label(header[at] ?? ''),
        data_type: 'text',
      })),
      rows: shown,
    },
  ]
}

/** Side by side as far as they go on a line; those for which a card has no room can still be said. */
function drawButtons(buttons: readonly Button[], drawing: Drawing): Element[] {
  const shown = buttons.slice(0, drawing.buttons.left)
  drawing.buttons.left -= shown.length
  const rest = buttons.slice(shown.length).map((button) => ({ text: `• ${button.label}\n` }))
  if (shown.length === 0) return textElement(rest)
  const columns = shown.map((button) => ({
    tag: 'column',
    width: 'auto',
    elements: [drawButton(button, drawing.place)],
  }))
  return [{ tag: 'column_set', flex_mode: 'flow', columns }, ...textElement(rest)]
}

function drawButton(button: Button, place: Place): Element {
  const value: ButtonValue = {
    action: button.action,
    value: button.value,
    label: button.action === 'ask' ? button.label : '',
    ...place,
  }
  return {
    tag: 'button',
    text: plainText(label(button.label)),
    type: button.style === 'primary' ? 'primary' : 'default',
    behaviors: [{ type: 'callback', value }],
  }
}

/** The card with texts of at most `budget` characters, and a line that says so. */
function shorten(card: Card, budget: number): Card {
  const runs = (all: readonly Run[]): Run[] => {
    let left = budget
    const kept: Run[] = []
    for (const run of all) {
      if (left <= 0) break
      kept.push({ ...run, text: cut(run.text, left) })
      left -= run.text.length
    }
    return kept
  }
  const most = Math.max(1, Math.floor(budget / 100))
  const blocks = card.blocks.map((block): Block => {
    switch (block.type) {
      case 'text':
        return { ...block, runs: runs(block.runs) }
      case 'quote':
        return {
          ...block,
          runs: runs(block.runs),
          ...(block.source ? { source: cut(block.source, budget) } : {}),
        }
      case 'note':
        return { ...block, text: cut(block.text, budget) }
      case 'list': {
        const items = block.items.slice(0, most).map(runs)
        return { ...block, items: items.length < block.items.length ? [...items, [{ text: '…' }]] : items }
      }
      case 'table': {
        const rows = block.rows.slice(0, most).map((row) => row.map((cell) => cut(cell, budget)))
        return { ...block, rows: rows.length < block.rows.length ? [...rows, ['…']] : rows }
      }
      case 'picture':
        return { ...block, alt: cut(block.alt, budget) }
      default:
        return block
    }
  })
  return { ...card, blocks: [...blocks, shortened(card)] }
}

/** What is left of a card with too many parts: its text, and its first buttons. */
function onlyWords(card: Card): Card {
  const text = cut(cardToText(card, { buttons: 'none' }), 2000)
  const buttons = card.blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
  const blocks: Block[] = [{ type: 'text', runs: [{ text }] }, shortened(card)]
  let room = largestCard / 2
  const kept = buttons.slice(0, mostButtons).filter((button) => {
    room -= sizeOf(button)
    return room > 0
  })
  if (kept.length > 0) blocks.push({ type: 'buttons', buttons: kept })
  return { tone: card.tone, blocks }
}

function shortened(card: Card): Block {
  // The first words tell enough.
  const language = languageOf(JSON.stringify(card.blocks.slice(0, 3)).slice(0, 2000))
  return { type: 'note', text: translate(language, 'feishu:shortened') }
}
