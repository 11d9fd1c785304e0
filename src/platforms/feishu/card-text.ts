import type { Run } from '../../chat/card.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { longestLabel, longestText } from './limits.ts'

/**
 * Runs as the vendor's markdown, in which no character of them is markup. A hair space keeps the asterisks apart from
 * letters: beside punctuation they would otherwise be shown as they are.
 */
export function markdown(runs: readonly Run[]): string {
  return runs
    .map((run) => {
      const text = entities(cut(harmlessText(run.text), longestText))
      if (!(run.mark || run.strong) || text.trim() === '') return text
      // Emphasis does not reach over a line's end.
      return text
        .split('\n')
        .map((line) => {
          if (line.trim() === '') return line
          const inner = run.mark ? `<font color='orange'>${line.trim()}</font>` : line.trim()
          return `\u200a**${inner}**\u200a`
        })
        .join('\n')
    })
    .join('')
    .replace(/(\d)\.(?=\s)/g, '$1&#46;')
}

/** As entities, which the vendor shows as the characters that they name; `:` could begin an emoji or an address. */
function entities(text: string): string {
  return text.replace(/[&<>*_~`[\]()#+!|$\\:@=-]/g, (character) => `&#${character.charCodeAt(0)};`)
}

export function oneLine(text: string): string {
  return harmlessText(text).replace(/\s*\n\s*/g, ' ')
}

/** A control without words cannot be drawn. */
export function label(text: string): string {
  return cut(oneLine(text), longestLabel) || '…'
}

/** The first characters, and a sign that there were more; a pair that makes one character is not torn. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text
}
