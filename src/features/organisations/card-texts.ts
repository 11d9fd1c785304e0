/** In characters. */
const longestLine = 200

/** A line as a card has room for it, and an ellipsis where something was left out. */
export function shortened(text: string): string {
  const letters = Array.from(text.replaceAll(/\s*\n\s*/g, ' '))
  return letters.length > longestLine ? `${letters.slice(0, longestLine - 1).join('')}…` : letters.join('')
}
