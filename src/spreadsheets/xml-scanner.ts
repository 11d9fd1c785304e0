/** Told what stands in an XML text, in its order. Names come without the prefix of their namespace. */
export interface XmlHandler {
  /** @param attributes As they stand there; see `attribute`. */
  open(name: string, attributes: string): void
  close(name: string): void
  text(text: string): void
}

/** A tag longer than this is none of a spreadsheet. */
const longestTag = 65_536

/**
 * Reads XML piece by piece, as far as the parts of a spreadsheet go: tags, attributes, texts, comments, CDATA and the
 * five entities. What a DOCTYPE declares is never expanded, so that no text grows beyond what was written.
 */
export class XmlScanner {
  readonly #handler: XmlHandler
  #rest = ''

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  /** Throws RangeError where a tag does not end. */
  push(piece: string): void {
    const text = this.#rest + piece
    let at = 0
    for (;;) {
      const tag = text.indexOf('<', at)
      if (tag < 0) {
        // An entity may be cut in two.
        const cut = text.lastIndexOf('&')
        const end = cut >= at && text.length - cut < 12 && !text.includes(';', cut) ? cut : text.length
        this.#text(text.slice(at, end))
        this.#rest = text.slice(end)
        return
      }
      if (tag > at) this.#text(text.slice(at, tag))
      const end = this.#tag(text, tag)
      if (end < 0) {
        if (text.length - tag > longestTag && !text.startsWith('<![CDATA[', tag))
          throw new RangeError('a tag without end')
        this.#rest = text.slice(tag)
        return
      }
      at = end
    }
  }

  #text(text: string): void {
    if (text !== '') this.#handler.text(unescapeXml(text))
  }

  /** Where it ends; -1: not here. */
  #tag(text: string, at: number): number {
    if (text.startsWith('<!--', at)) return after(text, '-->', at)
    if (text.startsWith('<![CDATA[', at)) {
      const end = after(text, ']]>', at)
      if (end >= 0) this.#handler.text(text.slice(at + 9, end - 3))
      return end
    }
    // The beginning of one of the two above may be all there is yet.
    if (text.length - at < 9 && '<![CDATA['.startsWith(text.slice(at))) return -1
    const end = endOfTag(text, at)
    if (end < 0) return -1
    const first = text.charAt(at + 1)
    if (first === '/') this.#handler.close(localName(text.slice(at + 2, end).trim()))
    else if (first !== '!' && first !== '?') {
      const isEmpty = text.charAt(end - 1) === '/'
      const inner = text.slice(at + 1, isEmpty ? end - 1 : end)
      const space = inner.search(/\s/)
      const name = localName(space < 0 ? inner : inner.slice(0, space))
      this.#handler.open(name, space < 0 ? '' : inner.slice(space))
      if (isEmpty) this.#handler.close(name)
    }
    return end + 1
  }
}

/** An attribute of a tag, by its name with its prefix; null where it has none. */
export function attribute(attributes: string, name: string): string | null {
  for (const [, key, double, single] of attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (key === name) return unescapeXml(double ?? single ?? '')
  }
  return null
}

/** A `>` within quotes ends nothing. */
function endOfTag(text: string, at: number): number {
  let quote = ''
  for (let i = at + 1; i < text.length; i++) {
    const letter = text[i]!
    if (quote !== '') quote = letter === quote ? '' : quote
    else if (letter === '>') return i
    else if (letter === '"' || letter === "'") quote = letter
  }
  return -1
}

function after(text: string, mark: string, at: number): number {
  const found = text.indexOf(mark, at)
  return found < 0 ? -1 : found + mark.length
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : whole
  })
}
