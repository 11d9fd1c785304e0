import { expect } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { buttonsOf, runsOf } from './read-card.ts'

/** What every card of the policy feature keeps to. */
export function expectProper(card: Card): void {
  for (const block of card.blocks) {
    for (const run of runsOf(block)) {
      expect(run.text).not.toBe('')
      expect(run.text.isWellFormed()).toBe(true)
    }
    if (block.type === 'text' || block.type === 'quote') expect(block.runs).not.toEqual([])
    if (block.type === 'note') expect(block.text.trim()).not.toBe('')
    if (block.type === 'list') expect(block.items).not.toEqual([])
  }
  for (const { label, action, value } of buttonsOf(card)) {
    expect(label.trim()).not.toBe('')
    expect(label.length).toBeLessThanOrEqual(45)
    expect(label.isWellFormed()).toBe(true)
    expect(['ask', 'policy.open-clause', 'policy.feedback', 'help.ask']).toContain(action)
    expect(JSON.stringify(value).length).toBeLessThan(2000)
  }
  // A key that no catalogue has, or a value that was not filled in.
  expect(JSON.stringify(card)).not.toMatch(/policy:|\{\{|undefined|NaN/)
}
