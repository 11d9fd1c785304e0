import type { Block, Button, Card, Run } from '../../src/chat/card.ts'

/** The runs of a block of text, a quote or a list. */
export function runsOf(block: Block): Run[] {
  if (block.type === 'text' || block.type === 'quote') return block.runs
  return block.type === 'list' ? block.items.flat() : []
}

/** The buttons of a card, all or those of one action. */
export function buttonsOf({ blocks }: Card, action?: string): Button[] {
  return blocks
    .flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
    .filter((button) => action === undefined || button.action === action)
}

/** What the highlighter is on. */
export function marksOf(runs: readonly Run[]): string[] {
  return runs.flatMap(({ text, mark }) => (mark ? [text] : []))
}

/** The sentences that a model wrote. */
export function statementsOf({ blocks }: Card): string[] {
  return blocks.flatMap((block) =>
    block.type === 'list' ? block.items.map((runs) => runs.map(({ text }) => text).join('')) : [],
  )
}
