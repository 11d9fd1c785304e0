import { longestText } from './limits.ts'

/** Running text as blocks have it; it knows no markup. */
export type TextElement =
  | { type: 'text'; text: string; style?: { bold: true } }
  | { type: 'link'; url: string; text: string }
export type RichElement =
  | { type: 'rich_text_section' | 'rich_text_quote' | 'rich_text_preformatted'; elements: TextElement[] }
  | {
      type: 'rich_text_list'
      style: 'bullet'
      elements: { type: 'rich_text_section'; elements: TextElement[] }[]
    }

/** What is read of them, with the addresses that stand behind it. */
export function lengthOf(elements: readonly RichElement[]): number {
  let length = 0
  for (const element of elements) {
    const texts =
      element.type === 'rich_text_list' ? element.elements.flatMap((item) => item.elements) : element.elements
    for (const text of texts) length += text.text.length + (text.type === 'link' ? text.url.length : 0)
  }
  return length
}

/** An element as several of which each fits into a block. */
export function split(whole: RichElement): RichElement[] {
  if (whole.type !== 'rich_text_list') {
    return sections(whole.elements).map(({ elements }) => ({ type: whole.type, elements }))
  }
  const lists: RichElement[] = []
  let items: typeof whole.elements = []
  for (const item of whole.elements) {
    if (lengthOf([{ ...whole, elements: [...items, item] }]) > longestText) {
      lists.push({ ...whole, elements: items })
      items = []
    }
    items.push(item)
  }
  return items.length > 0 ? [...lists, { ...whole, elements: items }] : lists
}

/** Running text in sections of which each fits into a block. */
export function sections(
  texts: readonly TextElement[],
): { type: 'rich_text_section'; elements: TextElement[] }[] {
  const found: TextElement[][] = []
  let room = 0
  for (const text of texts) {
    const parts = text.type === 'link' ? [text.text] : pieces(text.text, longestText)
    for (const part of parts) {
      if (found.length === 0 || part.length > room) {
        found.push([])
        room = longestText
      }
      found.at(-1)!.push({ ...text, text: part })
      room -= part.length
    }
  }
  return found.map((elements) => ({ type: 'rich_text_section', elements }))
}

/** A text in pieces of at most so many characters, none of which tears a pair. */
export function pieces(text: string, most: number): string[] {
  const found: string[] = []
  for (let rest = text; rest !== ''; ) {
    const piece = rest.length <= most ? rest : rest.slice(0, most).replace(/[\ud800-\udbff]$/, '')
    found.push(piece)
    rest = rest.slice(piece.length)
  }
  return found
}
