import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { buttonsOf, cardToText } from '../text/render-card.ts'
import { widestLine } from './limits.ts'

export interface TerminalScreen {
  /** Columns of the window; undefined in a pipe, where lines are left whole. */
  columns: number | undefined
  color: boolean
}

/** A card as the terminal prints it, with a line that says how its buttons are pressed. Ends with a line feed. */
export function renderCard(card: Card, screen: TerminalScreen, language: Language): string {
  const width = screen.columns === undefined ? {} : { width: Math.min(screen.columns, widestLine) }
  const text = cardToText(card, { ...width, color: screen.color, buttons: 'numbered' })
  const hint = buttonsOf(card).length > 0 ? `\n${translate(language, 'chat:press-by-number')}` : ''
  return `\n${text}${hint}\n\n`
}
