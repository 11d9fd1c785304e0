import type { Block, Button, Card, Run } from '../../src/chat/card.ts'

/** The runs of a block of text, a quote or a list. */
export function runsOf(block: Block): Run[] {
  if (block.type === 'text' || block.type === 'quote') return block.runs
  return block.type === 'list' ? block.items.flat() : []
}

export function buttonsOf({ blocks }: Card): Button[] {
  return blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
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
