import { decodeText } from '../decode-text.ts'
import { AutomaticNumbers } from './numbering.ts'
import type { XmlElement } from './read-xml.ts'
import { childrenOf, findChild, readXml } from './read-xml.ts'
import type { ParagraphStyle } from './styles.ts'
import { readStyles } from './styles.ts'
import { unpackParts } from './unpack-parts.ts'
import { WordText } from './word-text.ts'

/**
 * The text of a DOCX as it is printed: a line for each paragraph with the number that Word gives it, headings
 * as `#` lines, the rows of a table as cells joined by ` | `, what was deleted under revision left out.
 * LangChain's DocxLoader gives the raw runs only; numbers, headings and rows would be lost.
 * @throws UnpackedSizeError where it unpacks to more than the limit (bytes), any other error where it is broken.
 */
export async function readWord(bytes: Uint8Array, unpackedLimit: number): Promise<string> {
  const parts = await unpackParts(
    bytes,
    (path) => path.endsWith('.xml') || path.endsWith('.rels'),
    unpackedLimit,
  )
  const main = findMainPart(parts)
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const body = findChild(readPart(parts, main), 'w:body')
  if (!body) throw new Error('the document has no body')
  const styles: Map<string, ParagraphStyle> = readStyles(readPart(parts, `${folder}styles.xml`))
  const numbers = new AutomaticNumbers(readPart(parts, `${folder}numbering.xml`), styles)
  const notes = readNotes(readPart(parts, `${folder}footnotes.xml`), readPart(parts, `${folder}endnotes.xml`))
  return new WordText(styles, numbers, notes).readBody(body).join('\n')
}

function findMainPart(parts: ReadonlyMap<string, Uint8Array>): string {
  const relations = childrenOf(readPart(parts, '_rels/.rels'))
  const main = relations.find(({ attributes }) => attributes.Type?.endsWith('/officeDocument'))
  return main?.attributes.Target?.replace(/^\.?\//, '') ?? 'word/document.xml'
}

function readPart(parts: ReadonlyMap<string, Uint8Array>, path: string): XmlElement | undefined {
  const bytes = parts.get(path)
  if (!bytes) return undefined
  const source = decodeText(bytes)
  if (source === null) throw new Error(`${path} is no text`)
  return readXml(source)
}

/** Footnotes and endnotes by kind and id: `w:footnoteReference 2`. */
function readNotes(footnotes: XmlElement | undefined, endnotes: XmlElement | undefined) {
  const notes = new Map<string, XmlElement>()
  const read = (part: XmlElement | undefined, kind: string) => {
    for (const note of childrenOf(part, `w:${kind}`)) {
      // Those with a type are the rules between text and notes.
      if (note.attributes['w:type'] === undefined)
        notes.set(`w:${kind}Reference ${note.attributes['w:id']}`, note)
    }
  }
  read(footnotes, 'footnote')
  read(endnotes, 'endnote')
  return notes
}
