import type { Button, Card } from '../../src/chat/card.ts'
import { buttonsOf } from '../reminders/duties-house.ts'

/** All that a card says. */
export function textOf(card: Card | undefined): string {
  return JSON.stringify(card ?? {})
}

/** The button of that name. Throws where a card has none. */
export function buttonNamed(card: Card | undefined, label: string): Button {
  const found = card && buttonsOf(card).find((button) => button.label === label)
  if (!found) throw new Error(`no button ${label} in ${textOf(card)}`)
  return found
}
