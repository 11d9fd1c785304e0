/** An element with its name as written, prefix included: `w:p`. */
export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: (XmlElement | string)[]
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * The tree of a part of an Office file: XML as a program writes it, without a document type (which Office
 * forbids, and which hostile files use). Takes time in proportion to the length.
 * @returns the outermost element.
 * @throws Error where the XML is not well-formed.
 */
export function readXml(source: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] }
  const open = [root]
  let position = 0
  while (position < source.length) {
    const start = source.indexOf('<', position)
    const text = source.slice(position, start < 0 ? source.length : start)
    if (text !== '') open.at(-1)!.children.push(decodeEntities(text))
    if (start < 0) break
    if (source.startsWith('<!--', start)) position = endOf(source, '-->', start)
    else if (source.startsWith('<?', start)) position = endOf(source, '?>', start)
    else if (source.startsWith('<![CDATA[', start)) {
      position = endOf(source, ']]>', start)
      open.at(-1)!.children.push(source.slice(start + 9, position - 3))
    } else if (source.startsWith('<!', start)) throw new Error('a document type is not expected')
    else if (source.startsWith('</', start)) {
      position = endOf(source, '>', start)
      const name = source.slice(start + 2, position - 1).trimEnd()
      if (open.length === 1 || open.pop()!.name !== name) throw new Error(`</${name}> closes nothing`)
    } else {
      position = endOfTag(source, start)
      const closed = source[position - 2] === '/'
      const element = readTag(source.slice(start + 1, position - (closed ? 2 : 1)))
      open.at(-1)!.children.push(element)
      if (!closed) open.push(element)
    }
  }
  const outermost = root.children.find((child) => typeof child !== 'string')
  if (open.length > 1 || !outermost) throw new Error('the text ends too early')
  return outermost
}

/** The first child of a name, looked for through a path of names. */
export function findChild(
  element: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined {
  let found = element
  for (const name of path) found = found && childrenOf(found).find((child) => child.name === name)
  return found
}

export function childrenOf(element: XmlElement | undefined, name?: string): XmlElement[] {
  const elements = element?.children.filter((child) => typeof child !== 'string') ?? []
  return name === undefined ? elements : elements.filter((child) => child.name === name)
}

function endOf(source: string, mark: string, from: number): number {
  const index = source.indexOf(mark, from)
  if (index < 0) throw new Error('the text ends too early')
  return index + mark.length
}

/** A tag ends at the first `>` that stands in no attribute's value. */
function endOfTag(source: string, start: number): number {
  let quote = ''
  for (let index = start; index < source.length; index++) {
    const character = source[index]!
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '>') return index + 1
    else if (character === '"' || character === "'") quote = character
  }
  throw new Error('the text ends too early')
}

function readTag(tag: string): XmlElement {
  const name = /^[^\s=<>"']+/.exec(tag)?.[0]
  if (!name) throw new Error('a name is missing')
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>
  for (const match of tag.slice(name.length).matchAll(/([^\s=]+)\s?=\s?(?:"([^"]*)"|'([^']*)')/g)) {
    attributes[match[1]!] = decodeEntities(match[2] ?? match[3] ?? '')
  }
  return { name, attributes, children: [] }
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g,
    (whole, decimal, hex, name) => {
      if (name) return named[name as string] ?? (whole as string)
      const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16)
      return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
    },
  )
}
