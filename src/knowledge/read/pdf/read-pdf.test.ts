import { expect, test } from 'vitest'
import { chineseFont, makePdf } from '../../../../test/documents/make-pdf.ts'
import { parseDocument } from '../../parse/parse-document.ts'
import { readPdf } from './read-pdf.ts'

const sentence = '云帆集团各单位科协应当按照本办法开展活动，每年初制定计划，年末总结并向总部报告。'

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Writes at a place, without pdfkit's own breaking of lines and pages. */
function at(pdf: PDFKit.PDFDocument, text: string, x: number, y: number): void {
  pdf.text(text, x, y, { lineBreak: false })
}

test('headers, footers and page numbers are left out, what merely stands at the edge is kept', async () => {
  const pdf = await makePdf(
    (page) => {
      page.font(chineseFont).fontSize(12)
      for (let number = 1; number <= 4; number++) {
        if (number > 1) page.addPage()
        at(page, '科协工作制度', 200, 30)
        at(page, `第${number}条　${sentence}`, 60, 90)
        at(page, `3.${number} 这一行每页都在同一高度，但编号不是页码。`, 60, 110)
        at(page, `页末的正文${'甲乙丙丁'[number - 1]}。`, 60, 130)
        at(page, `第 ${number} 页 共 4 页`, 250, 800)
      }
    },
    { margin: 0 },
  )
  const lines = linesOf(await readPdf(pdf))
  expect(lines.filter((line) => /页 共|制度/.test(line))).toEqual([])
  expect(lines.filter((line) => line.startsWith('页末'))).toHaveLength(4)
  expect(lines.filter((line) => line.startsWith('第'))).toHaveLength(4)
  expect(lines.filter((line) => line.startsWith('3.'))).toHaveLength(4)
})

test.each([
  ['dashes', (number: number) => `— ${number} —`],
  ['a fraction', (number: number) => `${number}/5`],
  ['bare', (number: number) => `${number + 6}`],
  ['in a footer', (number: number) => `云帆集团科协 ${number + 2} 内部资料`],
  ['no number', () => '内部资料 注意保存'],
])('a footer with %s', async (_, footer) => {
  const pdf = await makePdf(
    (page) => {
      page.font(chineseFont).fontSize(12)
      for (let number = 1; number <= 5; number++) {
        if (number > 1) page.addPage()
        for (let line = 0; line < 6; line++)
          at(page, `${'甲乙丙丁戊'[number - 1]}的正文第${line}行。`, 60, 80 + line * 20)
        at(page, footer(number), 250, 800)
      }
    },
    { margin: 0 },
  )
  const lines = linesOf(await readPdf(pdf))
  expect(lines).toHaveLength(30)
  expect(lines.every((line) => line.includes('正文'))).toBe(true)
})

test('two columns are read one after the other, a heading across them first', async () => {
  const left = Array.from(
    { length: 12 },
    (_, index) => `左栏第${String(index).padStart(2, '0')}行讲的是科协组织的建设工作`,
  )
  const right = left.map((line) => line.replace('左', '右'))
  const pdf = await makePdf((page) => {
    page.font(chineseFont).fontSize(11)
    at(page, '云帆集团科协工作简报', 210, 40)
    for (let index = 0; index < 12; index++) {
      at(page, left[index]!, 60, 90 + index * 18)
      at(page, right[index]!, 320, 92 + index * 18)
    }
  })
  expect(linesOf(await readPdf(pdf))).toEqual(['云帆集团科协工作简报', [...left, ...right].join('')])
})

test('a table of two columns is read row by row', async () => {
  const pdf = await makePdf((page) => {
    page.font(chineseFont).fontSize(11)
    for (let index = 0; index < 10; index++) {
      at(page, `项目${'甲'.repeat(index % 4)}`, 60, 90 + index * 18)
      at(page, `${index * 100} 元`, 320, 90 + index * 18)
    }
  })
  const lines = linesOf(await readPdf(pdf))
  expect(lines[0]).toBe('项目 | 0 元')
  expect(lines[9]).toBe('项目甲 | 900 元')
})

test('watermarks, bold type drawn twice, and what was drawn out of order', async () => {
  const pdf = await makePdf((page) => {
    page.font(chineseFont).fontSize(12)
    at(page, '第二行。', 60, 120)
    at(page, '第一行。', 60, 100)
    at(page, '第一行。', 60.3, 100)
    page.rotate(45, { origin: [200, 200] })
    at(page, '内部文件', 200, 200)
  })
  expect(linesOf(await readPdf(pdf))).toEqual(['第一行。', '第二行。'])
})

test('Chinese text whose font is not in the file', async () => {
  // 第一条 in GBK, as programs write it that rely on the reader's own fonts.
  const content = 'BT /F1 12 Tf 60 700 Td <B5DAD2BBCCF5> Tj ET'
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>',
    '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/StemV 80>>',
  ]
  const body = objects.map((object, index) => `${index + 1} 0 obj${object}endobj\n`).join('')
  const pdf = `%PDF-1.4\n${body}trailer<</Root 1 0 R/Size 8>>\n%%EOF`
  expect(linesOf(await readPdf(new TextEncoder().encode(pdf)))).toEqual(['第一条'])
})

test('paragraphs across lines and pages are put together by the parser', async () => {
  const paragraphs = ['第一条', '第二条', '第三条'].map((label) => `${label}　${sentence.repeat(12)}`)
  const pdf = await makePdf((page) => {
    page.font(chineseFont).fontSize(16)
    for (const paragraph of paragraphs) page.text(`　　${paragraph}`)
  })
  const { clauses } = parseDocument(await readPdf(pdf), 'pdf')
  const bare = (text: string) => text.replaceAll(/\s/g, '')
  expect(clauses.map(({ text }) => text.split('\n').length)).toEqual([1, 1, 1])
  expect(clauses.map(({ text }) => bare(text))).toEqual(paragraphs.map(bare))
})
