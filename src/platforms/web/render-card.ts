import { type Block, type Card, isLinkable, type Run } from '../../chat/card.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { cleanFileName } from './file-kind.ts'
import { longestText, mostTableRows } from './limits.ts'

/**
 * A card as it goes to the browser: the same data with every text made harmless and over-long ones shortened
 * visibly. The browser puts texts into the page as text, never as markup. What buttons carry stays unchanged.
 */
export function renderCard(card: Card): Card {
  return {
    tone: card.tone,
    ...(card.title === undefined ? {} : { title: shown(card.title) }),
    blocks: card.blocks.map(renderBlock),
  }
}

function renderBlock(block: Block): Block {
  switch (block.type) {
    case 'text':
      return { type: 'text', runs: block.runs.map(renderRun) }
    case 'quote':
      return {
        type: 'quote',
        runs: block.runs.map(renderRun),
        ...(block.source === undefined ? {} : { source: shown(block.source) }),
      }
    case 'note':
      return { type: 'note', text: shown(block.text) }
    case 'list':
      return { type: 'list', items: block.items.map((item) => item.map(renderRun)) }
    case 'table': {
      const rows = block.rows.slice(0, mostTableRows).map((row) => row.map(shown))
      if (block.rows.length > mostTableRows) rows.push(['…'])
      return { type: 'table', header: block.header.map(shown), rows }
    }
    case 'buttons':
      return {
        type: 'buttons',
        buttons: block.buttons.map((button) => ({ ...button, label: shown(button.label) })),
      }
    case 'link':
      // What is no web address stays readable, and cannot be followed.
      return isLinkable(block.url)
        ? { type: 'link', label: shown(block.label), url: new URL(block.url).href }
        : { type: 'text', runs: [{ text: shown(`${block.label} ${block.url}`) }] }
    case 'file':
      // Its text goes along: it is saved without another request.
      return { ...block, name: cleanFileName(block.name) }
    case 'picture':
      return { ...block, name: cleanFileName(block.name), alt: shown(block.alt), url: ownPath(block.url) }
    case 'document':
      return { ...block, name: cleanFileName(block.name), url: ownPath(block.url) }
    case 'divider':
      return { type: 'divider' }
  }
}

/** What the bot hands over is fetched from where the page itself came from, by whatever name that was reached. */
function ownPath(url: string): string {
  return isLinkable(url) ? new URL(url).pathname : ''
}

function renderRun(run: Run): Run {
  return { ...run, text: shown(run.text) }
}

function shown(text: string): string {
  const harmless = harmlessText(text)
  return harmless.length > longestText ? `${harmless.slice(0, longestText).toWellFormed()}…` : harmless
}
