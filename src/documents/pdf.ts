import { readFileSync } from 'node:fs'
import PDFDocument from 'pdfkit'
import { fontFiles } from '../charts/fonts.ts'
import { cleanText } from '../spreadsheets/cell.ts'

export type Weight = keyof typeof fontFiles

/** Stands for a character that the font does not have, as printers of Chinese set it. */
const unknownSign = '〓'

/** A PDF in the making. Of each font only those characters are kept in the file that are used. */
export interface Pdf {
  doc: PDFKit.PDFDocument
  /** Sets what follows in a weight and a size in points. */
  use(weight: Weight, size: number): PDFKit.PDFDocument
  /** A text in one line of harmless characters; those that the font lacks are replaced, and noted. */
  plain(text: string): string
  /** The largest size, from `most` down to `least`, at which a text has room in one line; `least` where it has none. */
  sizeFor(text: string, weight: Weight, room: number, most: number, least: number): number
  /** The file, and the characters that the font lacks, each once. */
  finish(): Promise<{ bytes: Uint8Array; missing: string[] }>
}

/** What the library makes of a font's file. */
type Font = { hasGlyphForCodePoint(codePoint: number): boolean }

const fonts = new Map<Weight, Font>()

/**
 * Begins a PDF without a page.
 * @param now When it is made: the same content at the same time gives the same bytes.
 */
export function openPdf(title: string, now: Date): Pdf {
  const doc = new PDFDocument({
    ...{ autoFirstPage: false, bufferPages: true, size: 'A4', lang: 'zh-CN', displayTitle: true },
    info: { Title: cleanText(title), CreationDate: now, ModDate: now },
  })
  const pieces: Uint8Array[] = []
  doc.on('data', (piece: Uint8Array) => pieces.push(piece))
  const ended = Promise.withResolvers<void>()
  doc.on('end', () => ended.resolve())
  doc.on('error', (error: unknown) => ended.reject(error))
  for (const weight of ['regular', 'bold', 'black'] as const) {
    const font = fonts.get(weight) ?? openFont(weight)
    fonts.set(weight, font)
    // The library takes an opened font as well; its own types do not tell of it.
    doc.registerFont(weight, font as unknown as PDFKit.Mixins.PDFFontSource)
  }
  const missing = new Set<string>()
  const pdf: Pdf = {
    doc,
    use: (weight, size) => doc.font(weight).fontSize(size),
    plain(text) {
      doc.font('regular')
      const shown = [...cleanText(text).replaceAll(/\s+/g, ' ').trim()].map((character) => {
        if (hasGlyph(doc, character)) return character
        missing.add(character)
        return unknownSign
      })
      return shown.join('')
    },
    sizeFor(text, weight, room, most, least) {
      const width = doc.font(weight).fontSize(most).widthOfString(text)
      return width <= room ? most : Math.max(least, Math.floor((most * room) / width))
    },
    async finish() {
      doc.end()
      await ended.promise
      return { bytes: new Uint8Array(Buffer.concat(pieces)), missing: [...missing] }
    },
  }
  return pdf
}

/** Characters of a text that the fonts of documents lack, each once. */
export function lackingCharacters(text: string): string[] {
  const font = fonts.get('regular') ?? openFont('regular')
  fonts.set('regular', font)
  const all = new Set(cleanText(text).replaceAll(/\s+/g, ''))
  return [...all].filter((character) => !font.hasGlyphForCodePoint(character.codePointAt(0)!))
}

/** Opened once for all documents, since that takes far longer than a page; each document has a subset of its own. */
function openFont(weight: Weight): Font {
  return fontInUse(new PDFDocument({ autoFirstPage: false }).font(readFileSync(fontFiles[weight])))
}

function hasGlyph(doc: PDFKit.PDFDocument, character: string): boolean {
  return fontInUse(doc).hasGlyphForCodePoint(character.codePointAt(0)!)
}

/** The library's own types do not tell of the font that is in use. */
function fontInUse(doc: PDFKit.PDFDocument): Font {
  return (doc as unknown as { _font: { font: Font } })._font.font
}
