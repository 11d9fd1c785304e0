import type { DefaultTreeAdapterTypes } from 'parse5'
import { parse } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

const dropped = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'iframe',
  'head',
  'nav',
  'select',
  'button',
])
const blocks = new Set(
  'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)

/**
 * The text that a page shows: a line for each block, headings as `#` lines, the rows of a table as cells
 * joined by ` | `, list items with the number a browser would give them.
 */
export function readHtml(source: string): { text: string; title: string } {
  const document = parse(source)
  const writer = new TextWriter()
  let title = ''
  // An explicit stack: markup nested a hundred thousand deep must not overflow ours.
  const stack: { node: Node; leaving: boolean }[] = [{ node: document, leaving: false }]
  while (stack.length > 0) {
    const { node, leaving } = stack.pop()!
    if (leaving) {
      writer.leave(node as Element)
      continue
    }
    if (node.nodeName === '#text') writer.write((node as DefaultTreeAdapterTypes.TextNode).value)
    if (node.nodeName === 'head') title = findTitle(node as Element)
    if (!('childNodes' in node) || dropped.has(node.nodeName)) continue
    if ('tagName' in node) {
      writer.enter(node)
      stack.push({ node, leaving: true })
    }
    for (let index = node.childNodes.length - 1; index >= 0; index--) {
      stack.push({ node: node.childNodes[index]!, leaving: false })
    }
  }
  return { text: writer.finish(), title }
}

function findTitle(head: Element): string {
  const title = head.childNodes.find((node) => node.nodeName === 'title') as Element | undefined
  const texts = title?.childNodes.map((node) => ('value' in node ? node.value : '')) ?? []
  return texts.join('').replaceAll(/\s+/g, ' ').trim()
}

class TextWriter {
  private readonly lines: string[] = []
  private line: string[] = []
  private prefix = ''
  /** Next number of each open list; null for lists of bullets. */
  private readonly lists: (number | null)[] = []
  private rows = 0
  private preformatted = 0

  enter(element: Element): void {
    const name = element.tagName
    if (name === 'br') this.endLine()
    if ((name === 'td' || name === 'th') && this.line.length > 0) this.line.push(' | ')
    if (blocks.has(name)) this.breakBlock()
    const level = /^h([1-6])$/.exec(name)?.[1]
    if (level) this.prefix = `${'#'.repeat(Number(level))} `
    else if (name === 'ol')
      this.lists.push(Number(element.attrs.find(({ name }) => name === 'start')?.value ?? 1) || 1)
    else if (name === 'ul') this.lists.push(null)
    else if (name === 'li') this.numberItem()
    else if (name === 'tr') this.rows++
    else if (name === 'pre') this.preformatted++
  }

  leave(element: Element): void {
    const name = element.tagName
    if (name === 'tr') {
      this.rows--
      this.endLine()
    } else if (blocks.has(name)) this.breakBlock()
    if (name === 'ol' || name === 'ul') this.lists.pop()
    else if (name === 'pre') this.preformatted--
  }

  write(text: string): void {
    if (this.preformatted > 0) {
      for (const [index, line] of text.split('\n').entries()) {
        if (index > 0) this.endLine()
        this.line.push(line)
      }
      return
    }
    const collapsed = text.replaceAll(/[ \t\n\r\f]+/g, ' ')
    if (collapsed !== ' ' || this.line.length > 0) this.line.push(collapsed)
  }

  finish(): string {
    this.endLine()
    return this.lines.join('\n')
  }

  private numberItem(): void {
    const number = this.lists.at(-1)
    if (number === undefined || number === null) return
    this.prefix = `${number}. `
    this.lists[this.lists.length - 1] = number + 1
  }

  /** Inside a row of a table blocks are parted by white space, so that the row stays on one line. */
  private breakBlock(): void {
    if (this.rows === 0) this.endLine()
    else if (this.line.length > 0) this.line.push(' ')
  }

  private endLine(): void {
    if (this.rows > 0) {
      if (this.line.length > 0) this.line.push(' ')
      return
    }
    const text = this.line.join('').replaceAll(/ {2,}/g, ' ').trim()
    this.line = []
    if (text === '') return
    this.lines.push(this.prefix + text)
    this.prefix = ''
  }
}
