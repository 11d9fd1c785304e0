import { AlignmentType, Document, HeadingLevel, LevelFormat, Packer, Paragraph, TextRun } from 'docx'
import { expect, test } from 'vitest'
import { makeArchive } from '../../../../test/documents/make-archive.ts'
import { parseDocument } from '../../parse/parse-document.ts'
import { readWord } from './read-word.ts'

const limit = 10_000_000

/** A DOCX of raw parts; the namespaces that a reader of names does not need are left out. */
function word(body: string, more: Record<string, string> = {}): Promise<string> {
  const parts = { 'word/document.xml': `<w:document><w:body>${body}</w:body></w:document>`, ...more }
  return readWord(makeArchive(parts), limit)
}

function p(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
}

function numbered(text: string, level = 0, numId = 1): string {
  return p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`)
}

function level(index: number, format: string, text: string, more = ''): string {
  return `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`
}

function numbering(levels: string, nums = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') {
  const list = `<w:abstractNum w:abstractNumId="0">${levels}</w:abstractNum>`
  return { 'word/numbering.xml': `<w:numbering>${list}${nums}</w:numbering>` }
}

test('a statute numbered by Word is cut as one whose numbers are typed', async () => {
  const config = [
    {
      reference: 'law',
      levels: [
        { level: 0, format: LevelFormat.CHINESE_COUNTING, text: '第%1章', alignment: AlignmentType.LEFT },
        // Articles go on through the chapters.
        {
          level: 1,
          format: LevelFormat.CHINESE_COUNTING_THOUSAND,
          text: '第%2条',
          alignment: AlignmentType.LEFT,
        },
      ],
    },
    {
      reference: 'articles',
      levels: [
        {
          level: 0,
          format: LevelFormat.CHINESE_COUNTING_THOUSAND,
          text: '第%1条',
          alignment: AlignmentType.LEFT,
        },
        { level: 1, format: LevelFormat.CHINESE_COUNTING, text: '（%2）', alignment: AlignmentType.LEFT },
      ],
    },
  ]
  const line = (text: string, reference: string, at = 0) =>
    new Paragraph({ text, numbering: { reference, level: at } })
  const children = [
    new Paragraph({ text: '云帆集团科协经费管理办法', heading: HeadingLevel.TITLE }),
    line('总则', 'law'),
    line('为规范经费使用，制定本办法。', 'articles'),
    line('本办法适用于集团各单位科协，包括：', 'articles'),
    line('总部科协；', 'articles', 1),
    line('分公司科协。', 'articles', 1),
    line('附则', 'law'),
    line('本办法自发布之日起施行。', 'articles'),
  ]
  const file = await Packer.toBuffer(new Document({ numbering: { config }, sections: [{ children }] }))
  const text = await readWord(new Uint8Array(file), limit)
  expect(text.split('\n')).toEqual([
    '云帆集团科协经费管理办法',
    '第一章　总则',
    '第一条　为规范经费使用，制定本办法。',
    '第二条　本办法适用于集团各单位科协，包括：',
    '（一）总部科协；',
    '（二）分公司科协。',
    '第二章　附则',
    '第三条　本办法自发布之日起施行。',
  ])
  const parsed = parseDocument(text, 'docx')
  expect(parsed.title).toBe('云帆集团科协经费管理办法')
  expect(parsed.clauses.map(({ key }) => key)).toEqual(['第一章/第一条', '第一章/第二条', '第二章/第三条'])
})

test('levels count, restart and take in the numbers above them', async () => {
  const levels =
    level(0, 'chineseCounting', '%1、') +
    level(1, 'decimal', '%1.%2', '<w:isLgl/>') +
    level(2, 'decimalEnclosedCircle', '%3')
  const body = [0, 1, 1, 2, 2, 0, 1, 2].map((at, index) => numbered(`项${index}`, at)).join('')
  expect((await word(body, numbering(levels))).split('\n')).toEqual([
    '一、项0',
    '1.1 项1',
    '1.2 项2',
    '① 项3',
    '② 项4',
    '二、项5',
    '2.1 项6',
    '① 项7',
  ])
})

test('a level that never restarts, one skipped, one without a gap', async () => {
  const levels =
    level(0, 'chineseCounting', '第%1章') +
    level(1, 'chineseCounting', '第%2条', '<w:lvlRestart w:val="0"/>') +
    level(2, 'decimal', '%2-%3.', '<w:suff w:val="nothing"/>')
  const body = [0, 1, 0, 1, 2].map((at) => numbered('文', at)).join('')
  expect((await word(body, numbering(levels))).split('\n')).toEqual([
    '第一章　文',
    '第一条　文',
    '第二章　文',
    '第二条　文',
    '二-1.文',
  ])
  expect(await word(numbered('文', 2), numbering(levels))).toBe('一-1.文')
})

test('lists that share a definition count on, an override starts anew once', async () => {
  const nums =
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>' +
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>' +
    `<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">${level(0, 'upperRoman', '%1)')}</w:lvlOverride></w:num>`
  const body = [1, 2, 3, 3, 4].map((id) => numbered('文', 0, id)).join('')
  const text = await word(body, numbering(level(0, 'decimal', '%1.'), nums))
  expect(text.split('\n')).toEqual(['1. 文', '2. 文', '5. 文', '6. 文', 'VII) 文'])
})

test('styles bring numbers and headings, also from the style they are based on', async () => {
  const style = (id: string, inner: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}">${inner}</w:style>`
  const styles = `<w:styles>${
    style(
      '1',
      '<w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>',
    ) +
    style('tiao', '<w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') +
    style('own', '<w:name w:val="我的条"/><w:basedOn w:val="tiao"/>') +
    style('toc', '<w:name w:val="toc 1"/>') +
    style('loop', '<w:name w:val="环"/><w:basedOn w:val="loop"/>')
  }</w:styles>`
  const levels =
    level(0, 'chineseCounting', '第%1章', '<w:pStyle w:val="1"/>') +
    level(1, 'chineseCounting', '第%2条', '<w:pStyle w:val="tiao"/>')
  const styled = (id: string, text: string, more = '') => p(text, `<w:pStyle w:val="${id}"/>${more}`)
  const body =
    styled('toc', '第一章 总则 1') +
    styled('1', '总则') +
    styled('tiao', '甲。') +
    styled('own', '乙。') +
    styled('own', '不编号。', '<w:numPr><w:numId w:val="0"/></w:numPr>') +
    styled('loop', '环。') +
    p('大纲', '<w:outlineLvl w:val="1"/>')
  const text = await word(body, { ...numbering(levels), 'word/styles.xml': styles })
  expect(text.split('\n')).toEqual([
    '# 第一章　总则',
    '第一条　甲。',
    '第二条　乙。',
    '不编号。',
    '环。',
    '## 大纲',
  ])
})

test('revisions, fields, hidden text, controls and links are read as printed', async () => {
  const run = (text: string, properties = '') => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`
  const body =
    `<w:p><w:del>${run('旧')}<w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>${run('新')}</w:ins>` +
    `<w:hyperlink>${run('链接')}</w:hyperlink><w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>${run('控件')}</w:sdtContent></w:sdt>` +
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF _Toc</w:instrText><w:t>码</w:t></w:r>` +
    `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('果')}<w:r><w:fldChar w:fldCharType="end"/></w:r>` +
    `${run('藏', '<w:vanish/>')}<w:r><w:tab/><w:t>后</w:t><w:br/><w:t>次行</w:t></w:r></w:p>` +
    `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${run('前半')}</w:p>${p('后半')}`
  expect((await word(body)).split('\n')).toEqual(['新链接控件果 后', '次行', '前半后半'])
})

test('text boxes and notes follow their paragraph, each once', async () => {
  const box = `<w:txbxContent>${p('框内')}</w:txbxContent>`
  const body =
    `<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>${box}</mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent></w:r>` +
    `<w:r><w:footnoteReference w:id="2"/></w:r></w:p>${p('下段')}`
  const notes = `<w:footnotes><w:footnote w:type="separator" w:id="1">${p('x')}</w:footnote><w:footnote w:id="2">${p('注文')}</w:footnote></w:footnotes>`
  expect((await word(body, { 'word/footnotes.xml': notes })).split('\n')).toEqual([
    '正文',
    '框内',
    '注：注文',
    '下段',
  ])
})

test('rows are lines, a table of one column is a frame', async () => {
  const row = (...cells: string[]) => `<w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`
  const gone = `<w:tr><w:trPr><w:del/></w:trPr><w:tc>${p('删')}</w:tc></w:tr>`
  const body =
    `<w:tbl>${row(p('项目'), p('标准') + p('（元）'))}${row(p('会费'), p('100'))}${gone}${row(p(''), p(''))}</w:tbl>` +
    `<w:tbl>${row(p('第一条　甲。') + p('第二条　乙。'))}</w:tbl>`
  expect((await word(body)).split('\n')).toEqual([
    '项目 | 标准 （元）',
    '会费 | 100',
    '第一条　甲。',
    '第二条　乙。',
  ])
})

test('numbers and text of runs that the library makes', async () => {
  const children = [new Paragraph({ children: [new TextRun('甲'), new TextRun({ text: '乙', bold: true })] })]
  const file = await Packer.toBuffer(new Document({ sections: [{ children }] }))
  expect(await readWord(new Uint8Array(file), limit)).toBe('甲乙')
})

test('an archive without a document, or with a broken part', async () => {
  await expect(readWord(makeArchive({ 'a.xml': '<a/>' }), limit)).rejects.toThrow('no body')
  await expect(word('<w:p>')).rejects.toThrow(Error)
})
