import {
  AlignmentType,
  BorderStyle,
  Document,
  ImageRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { cleanText } from '../spreadsheets/cell.ts'

export type WordBlock =
  | { heading: string }
  | { text: string }
  /** `head`: the first row stands on each page again. */
  /** Widths in percent, of each column; default: all alike. */
  | { table: readonly (readonly string[])[]; head?: boolean; widths?: readonly number[] }
  /** A PNG, as broad as the text. */
  | { picture: Uint8Array; alt: string }

/** A document in Chinese official form. */
export interface WordDocument {
  title: string
  /** Whose it is, in the file's properties. */
  creator: string
  /** 主送; default: none. */
  to?: string | undefined
  body: readonly WordBlock[]
  /** 落款, one a line. */
  sign: readonly string[]
}

/** Sizes in half points and distances in twentieths of a point, as GB/T 9704 has official documents (A4). */
const titleSize = 44
const bodySize = 32
const tableSize = 24
const line = 560
const page = {
  size: { width: 11_906, height: 16_838 },
  margin: { top: 2098, bottom: 1984, left: 1587, right: 1474 },
}
/** Fonts that Chinese offices have; others put their own in the place. */
const titleFont = '方正小标宋简体'
const headingFont = '黑体'
const bodyFont = '仿宋_GB2312'
/** What lies between the margins, in pixels of 96 an inch. */
const pictureWidth = Math.floor(((page.size.width - page.margin.left - page.margin.right) / 1440) * 96)

/** A document as DOCX. */
export async function writeWord({ title, creator, to, body, sign }: WordDocument): Promise<Uint8Array> {
  const document = new Document({
    title: cleanText(title),
    creator: cleanText(creator),
    styles: {
      default: {
        document: { run: { font: fontOf(bodyFont), size: bodySize, language: { eastAsia: 'zh-CN' } } },
      },
    },
    sections: [
      {
        properties: { page },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { line: 700, after: 360 },
            children: [run(title, titleFont, titleSize)],
          }),
          ...(to === undefined ? [] : [paragraph(to, {})]),
          ...body.map(drawBlock),
          ...(sign.length > 0 ? [paragraph('', {})] : []),
          ...sign.map((text) => paragraph(text, { right: true })),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

function drawBlock(block: WordBlock): Paragraph | Table {
  if ('heading' in block) return paragraph(block.heading, { font: headingFont, indent: true })
  if ('text' in block) return paragraph(block.text, { indent: true })
  if ('table' in block) return tableOf(block)
  return pictureOf(block.picture, block.alt)
}

function paragraph(
  text: string,
  { font = bodyFont, indent = false, right = false }: { font?: string; indent?: boolean; right?: boolean },
): Paragraph {
  return new Paragraph({
    alignment: right ? AlignmentType.RIGHT : AlignmentType.LEFT,
    spacing: { line },
    // Two characters in front, and four behind what is signed.
    ...(indent ? { indent: { firstLine: 2 * bodySize * 10 } } : {}),
    ...(right ? { indent: { right: 4 * bodySize * 10 } } : {}),
    children: [run(text, font, bodySize)],
  })
}

function pictureOf(png: Uint8Array, alt: string): Paragraph {
  const bytes = Buffer.from(png)
  // Width and height as a PNG says of itself.
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const transformation = { width: pictureWidth, height: Math.round((height * pictureWidth) / width) }
  const words = { name: cleanText(alt), description: cleanText(alt), title: '' }
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: 200, after: 200 },
    children: [new ImageRun({ type: 'png', data: bytes, transformation, altText: words })],
  })
}

function tableOf({ table: rows, head = false, widths }: Extract<WordBlock, { table: unknown }>): Table {
  const border = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
  const columns = rows[0]?.length ?? 1
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: {
      ...{ top: border, bottom: border, left: border, right: border },
      ...{ insideHorizontal: border, insideVertical: border },
    },
    rows: rows.map(
      (cells, at) =>
        new TableRow({
          height: { value: 500, rule: 'atLeast' },
          ...(head && at === 0 ? { tableHeader: true } : {}),
          children: cells.map(
            (text, column) =>
              new TableCell({
                width: { size: widths?.[column] ?? Math.floor(100 / columns), type: WidthType.PERCENTAGE },
                children: [new Paragraph({ children: [run(text, bodyFont, tableSize)] })],
              }),
          ),
        }),
    ),
  })
}

function run(text: string, font: string, size: number): TextRun {
  return new TextRun({ text: cleanText(text), font: fontOf(font), size })
}

function fontOf(eastAsia: string) {
  return { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia }
}
