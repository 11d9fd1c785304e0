import type { Block, Card, Run } from '../../chat/card.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { longestStreamedText, mostStream } from './limits.ts'
import { cut } from './render-card.ts'

/**
 * A card that is being written as one text in Slack's markdown; null where it is not being written. What is about to
 * grow stands last, so that the text of the next card begins with this one; buttons and the notes on what grows come
 * with the whole card at the end.
 */
export function renderStream(card: Card): string | null {
  const { growing } = card
  if (!growing) return null
  const end = growing.at + growing.count
  const rest = [...card.blocks.slice(0, growing.at), ...card.blocks.slice(end)]
  const parts = [...(card.title ? [bold(card.title)] : []), ...rest.map(drawBlock)].filter(
    (part) => part !== '',
  )
  let text = ''
  for (const part of parts) {
    if (text.length + part.length > mostStream / 2) {
      text += '…\n\n'
      break
    }
    text += `${part}\n\n`
  }
  text += bold(cut(growing.lead, longestStreamedText))
  for (const item of itemsOf(card.blocks.slice(growing.at, end))) {
    // What there is no room for stands in the whole card.
    if (text.length + item.length > mostStream) break
    text += item
  }
  return text
}

/** What is read of a text, whatever signs stand around it: Slack gives a text back with others than it was sent. */
export function lettersOf(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt);/g, '').replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

function itemsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.type === 'list') return block.items.map((item) => `\n- ${oneLine(drawRuns(item))}`)
    return block.type === 'text' ? [`\n\n${drawRuns(block.runs)}`] : []
  })
}

function drawBlock(block: Block): string {
  switch (block.type) {
    case 'text':
      return drawRuns(block.runs)
    case 'quote': {
      const quoted = drawRuns(block.runs).replaceAll(/^/gm, '> ')
      return block.source ? `${quoted}\n\n${escapeMarkdown(oneLine(`—— ${block.source}`))}` : quoted
    }
    case 'note':
      return escapeMarkdown(cut(block.text.trim(), longestStreamedText))
    case 'list':
      return block.items.map((item) => `- ${oneLine(drawRuns(item))}`).join('\n')
    case 'table':
      return [block.header, ...block.rows]
        .map((row) => escapeMarkdown(row.map(oneLine).join(' / ')))
        .join('\n')
    case 'link':
      return escapeMarkdown(`${block.label} ${block.url}`)
    case 'picture':
      return escapeMarkdown(`${block.alt} ${block.url}`)
    case 'file':
    case 'document':
      return escapeMarkdown(`${block.name} ${block.url}`)
    case 'divider':
    case 'buttons':
      return ''
  }
}

function drawRuns(runs: readonly Run[]): string {
  return runs
    .map(({ text, mark, strong }) => {
      const shown = cut(text, longestStreamedText)
      return mark || strong ? shown.split('\n').map(bold).join('\n') : escapeMarkdown(shown)
    })
    .join('')
}

/** Beside letters and punctuation without spaces between them the asterisks would be shown: a hair space parts them. */
function bold(text: string): string {
  const inner = escapeMarkdown(oneLine(text)).trim()
  return inner === '' ? '' : `\u200a**${inner}**\u200a`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ')
}

/** Text in which no sign is markup, and nobody is called by name. */
function escapeMarkdown(text: string): string {
  return harmlessText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_~[\]|]/g, '\\$&')
    .replaceAll(/^(\s*)([#+=-]|\d+(?=[.)]))/gm, (_all, space: string, sign: string) =>
      /\d/.test(sign) ? `${space}${sign}\u200b` : `${space}\\${sign}`,
    )
}
