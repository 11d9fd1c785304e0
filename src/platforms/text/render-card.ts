import type { Block, Button, Card, Run } from '../../chat/card.ts'
import { displayWidth, padToWidth } from './display-width.ts'
import { harmlessText } from './harmless-text.ts'
import { wrapRuns } from './wrap-runs.ts'

export interface TextOptions {
  /** Columns to break lines at; lines are left whole where it is not given. */
  width?: number
  /** Colours and bold as ANSI sequences; without, a mark shows as 【…】. Default false. */
  color?: boolean
  /** `numbered` lists the buttons so that a number presses one; `none` leaves them out. */
  buttons: 'numbered' | 'none'
}

const ansi = { bold: '1', dim: '2', mark: '30;43', error: '31' } as const

/** A card as plain text, blocks parted by empty lines, without a line feed at the end. */
export function cardToText(card: Card, options: TextOptions): string {
  const paint = options.color
    ? (code: string, text: string) => (text === '' ? '' : `\x1b[${code}m${text}\x1b[0m`)
    : (_code: string, text: string) => text
  const parts: string[] = []
  if (card.title) parts.push(paint(card.tone === 'error' ? ansi.error : ansi.bold, harmlessText(card.title)))
  let number = 0
  for (const block of card.blocks) {
    if (block.type === 'buttons') {
      if (options.buttons === 'none' || block.buttons.length === 0) continue
      parts.push(block.buttons.map((button) => `[${++number}] ${harmlessText(button.label)}`).join('\n'))
    } else {
      parts.push(renderBlock(block, options, paint))
    }
  }
  return parts.filter((part) => part !== '').join('\n\n')
}

/** The buttons of a card in the order in which `cardToText` numbers them, from 1. */
export function buttonsOf(card: Card): Button[] {
  return card.blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
}

type Paint = (code: string, text: string) => string

function renderBlock(block: Exclude<Block, { type: 'buttons' }>, options: TextOptions, paint: Paint): string {
  const width = options.width ?? Number.POSITIVE_INFINITY
  const lines = (runs: readonly Run[], indent: number) => renderRuns(runs, width - indent, options, paint)
  switch (block.type) {
    case 'text':
      return lines(block.runs, 0).join('\n')
    case 'quote': {
      const quoted = lines(block.runs, 2).map((line) => `> ${line}`)
      if (block.source) quoted.push(paint(ansi.dim, `  —— ${oneLine(block.source)}`))
      return quoted.join('\n')
    }
    case 'note':
      return lines([{ text: block.text }], 0)
        .map((line) => paint(ansi.dim, line))
        .join('\n')
    case 'list':
      return block.items.map((item) => `- ${lines(item, 2).join('\n  ')}`).join('\n')
    case 'table':
      return renderTable(block.header, block.rows)
    case 'link':
      // On a line of its own and never broken, so that a terminal opens it and a person can copy it.
      return `${oneLine(block.label)}\n${oneLine(block.url)}`
    case 'file':
    case 'document':
      return `${oneLine(block.name)}\n${oneLine(block.url)}`
    case 'picture':
      return [...lines([{ text: block.alt }], 0), oneLine(block.url)].join('\n')
    case 'divider':
      return '─'.repeat(Math.min(width, 24))
  }
}

/** Marks that stand without colour are put around whole runs before breaking, so a mark over two lines has one pair of 【】. */
function renderRuns(runs: readonly Run[], width: number, options: TextOptions, paint: Paint): string[] {
  const safe = runs.map((run) => {
    const text = harmlessText(run.text)
    return { ...run, text: run.mark && !options.color && text !== '' ? `【${text}】` : text }
  })
  return wrapRuns(safe, Math.max(8, width)).map((line) =>
    line
      .map((run) => {
        if (run.mark) return paint(ansi.mark, run.text)
        return run.strong ? paint(ansi.bold, run.text) : run.text
      })
      .join('')
      .trimEnd(),
  )
}

/** Columns are as wide as their widest cell, counted in terminal columns, so Chinese and Latin line up. */
function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows].map((row) => row.map(oneLine))
  const columns = Math.max(...all.map((row) => row.length))
  if (columns === 0) return ''
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(1, ...all.map((row) => displayWidth(row[column] ?? ''))),
  )
  const line = (row: readonly string[]) =>
    widths
      .map((width, column) => padToWidth(row[column] ?? '', width))
      .join(' │ ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('─┼─')
  return [line(all[0]!), rule, ...all.slice(1).map(line)].join('\n')
}

function oneLine(text: string): string {
  return harmlessText(text).replace(/\s*\n\s*/g, ' ')
}
