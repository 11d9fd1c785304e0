import {
  AlignmentType,
  BorderStyle,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { cleanText } from '../../spreadsheets/cell.ts'
import { blank } from './organisation-facts.ts'
import type { DocumentTemplate } from './templates.ts'

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

/** A template filled with facts, as DOCX. What is not known is left blank, to be filled in by hand. */
export async function writeDocument(
  template: DocumentTemplate,
  facts: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const fill = (text: string) =>
    cleanText(text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => facts[name] ?? blank))
  const body = template.body.map((block) => {
    if ('heading' in block) return paragraph(fill(block.heading), { font: headingFont, indent: true })
    if ('text' in block) return paragraph(fill(block.text), { indent: true })
    if ('facts' in block) return tableOf(block.facts.map((row) => row.map(fill)))
    const empty = Array.from({ length: block.rows }, () => block.table.map(() => ''))
    return tableOf([block.table.map(fill), ...empty])
  })
  const document = new Document({
    title: fill(template.title),
    creator: facts.organisation ?? '',
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
            children: [run(fill(template.title), titleFont, titleSize)],
          }),
          ...(template.to === undefined ? [] : [paragraph(fill(template.to), {})]),
          ...body,
          ...(template.sign.length > 0 ? [paragraph('', {})] : []),
          ...template.sign.map((text) => paragraph(fill(text), { right: true })),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
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

function tableOf(rows: readonly (readonly string[])[]): Table {
  const border = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
  const columns = rows[0]?.length ?? 1
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: {
      ...{ top: border, bottom: border, left: border, right: border },
      ...{ insideHorizontal: border, insideVertical: border },
    },
    rows: rows.map(
      (cells) =>
        new TableRow({
          height: { value: 500, rule: 'atLeast' },
          children: cells.map(
            (text) =>
              new TableCell({
                width: { size: Math.floor(100 / columns), type: WidthType.PERCENTAGE },
                children: [new Paragraph({ children: [run(text, bodyFont, tableSize)] })],
              }),
          ),
        }),
    ),
  })
}

function run(text: string, font: string, size: number): TextRun {
  return new TextRun({ text, font: fontOf(font), size })
}

function fontOf(eastAsia: string) {
  return { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia }
}
