import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, test } from 'vitest'
import { drawChart } from '../charts/draw-chart.ts'
import { readWord } from '../knowledge/read/word/read-word.ts'
import { type Certificate, writeCertificates } from './certificates.ts'
import { chineseMonth } from './chinese-date.ts'
import { writeList } from './list.ts'
import { writeWord } from './word.ts'

const now = new Date('2026-11-23T01:00:00Z')
const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/** What an independent reader reads, a text for each page, without spaces. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const document = await getDocument({
    ...{ data: bytes.slice(), verbosity: VerbosityLevel.ERRORS },
    standardFontDataUrl: `${library}/standard_fonts/`,
  }).promise
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent()
    const words = items.map((item) => ('str' in item ? item.str : '')).join('')
    pages.push(words.replaceAll(/\s+/g, ''))
  }
  await document.loadingTask.destroy()
  return pages
}

const certificate: Certificate = {
  ...{ kind: 'person', holder: '张三', work: '', award: '创新标兵', day: '2026-11-23' },
  campaign: '2026 年度“讲理想、比贡献”活动',
  ...{ organisation: '华北建设集团有限公司科学技术协会', number: 'JB-2026-0007-001' },
}

describe('certificates', () => {
  test('in great number let others have their turn meanwhile', async () => {
    /** How often others had their turn while so many were written. */
    const turnsOf = async (count: number): Promise<number> => {
      let turns = 0
      let isDone = false
      const turn = () => {
        turns += 1
        if (!isDone) setImmediate(turn)
      }
      setImmediate(turn)
      await writeCertificates(Array<Certificate>(count).fill(certificate), 'zh-CN', now)
      isDone = true
      return turns
    }
    expect(await turnsOf(81)).toBeGreaterThanOrEqual((await turnsOf(1)) + 3)
  })

  test('say whom they honour, for what, by whom and when, a page each', async () => {
    const { bytes, missing } = await writeCertificates(
      [certificate, { ...certificate, kind: 'organisation', holder: '一分公司', work: '改进夹具' }],
      'zh-CN',
      now,
    )
    const [first, second, ...rest] = await pagesOf(bytes)
    for (const text of [
      '荣誉证书',
      '张三同志：',
      '2026年度“讲理想、比贡献”活动',
      '“创新标兵”',
      '二〇二六年十一月',
    ]) {
      expect(first).toContain(text)
    }
    expect(first).toContain('华北建设集团有限公司科学技术协会')
    expect(first).toContain('JB-2026-0007-001')
    expect(second).toContain('一分公司：')
    expect(second).toContain('《改进夹具》')
    expect([rest, missing]).toEqual([[], []])
    // Only the characters that are used are in the file: the fonts have ten million bytes each.
    expect(bytes.length).toBeLessThan(100_000)
  })

  test('have room for long names; what the font lacks is replaced and told', async () => {
    const long = '华北勘察设计研究院有限责任公司第七项目经理部'.repeat(3)
    const { bytes, missing } = await writeCertificates(
      [
        {
          ...certificate,
          holder: `𠮷田${long}`,
          work: long.repeat(2),
          award: long,
          campaign: long,
          organisation: long,
        },
      ],
      'zh-CN',
      now,
    )
    const [page, ...more] = await pagesOf(bytes)
    expect(more).toEqual([])
    expect(missing).toEqual(['𠮷'])
    expect(page).toContain('〓田华北')
    expect(page).toContain('JB-2026-0007-001')
  })

  test('say in two lines which organisation gives them, where one has no room', async () => {
    const organisation = '中国华北建设集团有限公司科学技术协会暨讲理想比贡献活动组织委员会办公室'
    const { bytes } = await writeCertificates([{ ...certificate, organisation }], 'zh-CN', now)
    const [page] = await pagesOf(bytes)
    expect(page).toContain(organisation)
    expect(page).not.toContain('…')
  })

  test('are the same bytes for the same content, and are in English too', async () => {
    const [one, again, other] = await Promise.all([
      writeCertificates([certificate], 'en', now),
      writeCertificates([certificate], 'en', now),
      writeCertificates([{ ...certificate, number: 'JB-2' }], 'en', now),
    ])
    expect(Buffer.compare(one.bytes, again.bytes)).toBe(0)
    expect(Buffer.compare(one.bytes, other.bytes)).not.toBe(0)
    const [page] = await pagesOf(one.bytes)
    expect(page).toContain('CertificateofHonour')
    expect(page).toContain('November2026')
  })
})

describe('a list', () => {
  const columns = [{ title: '姓名' }, { title: '单位', share: 3 }, { title: '得分', align: 'right' as const }]
  test('has its head and its number on each page, and every row once', async () => {
    const rows = Array.from({ length: 90 }, (_, at) => [
      `人${at}号`,
      '华北勘察设计研究院'.repeat(1 + (at % 4)),
      '95.5',
    ])
    const pages = await pagesOf(
      (await writeList({ title: '获奖名单', subtitle: '', columns, rows, language: 'zh-CN' }, now)).bytes,
    )
    expect(pages.length).toBeGreaterThan(2)
    for (const [at, page] of pages.entries()) {
      expect(page).toContain('姓名单位得分')
      expect(page).toContain(`第${at + 1}页，共${pages.length}页`)
    }
    const text = pages.join('')
    for (let at = 0; at < rows.length; at += 1) expect(text.split(`人${at}号`)).toHaveLength(2)
  })

  test('without rows says so; a cell of a book is cut, the rest stays', async () => {
    const given = { title: '名单', subtitle: '截至今日', columns, language: 'zh-CN' as const }
    expect((await pagesOf((await writeList({ ...given, rows: [] }, now)).bytes))[0]).toContain('暂无数据')
    const rows = [
      // A word that never ends would hold the process for seconds.
      ['丙', 'x'.repeat(60_000), '3'],
      ['甲', '长'.repeat(20_000), '1'],
      ['乙', '短', '2'],
    ]
    const pages = await pagesOf((await writeList({ ...given, rows }, now)).bytes)
    expect(pages.join('')).toContain('乙短2')
    expect(pages.length).toBeLessThan(6)
    // Nothing of what is long and has room is lost.
    const long = [['甲', 'abcdefgh'.repeat(10), '1']]
    const [page] = await pagesOf((await writeList({ ...given, rows: long }, now)).bytes)
    expect(page).toContain('abcdefgh'.repeat(10))
  })
})

test('a document of Word has its texts, tables and pictures', async () => {
  const picture = await drawChart({
    ...{ form: 'bars', title: '甲', unit: '', source: '', language: 'zh-CN' },
    ...{ categories: ['一'], series: [{ name: '', values: [1] }] },
  })
  const bytes = await writeWord({
    ...{ title: '年度总结', creator: '一分公司', to: '集团科协：', sign: ['一分公司科协'] },
    body: [
      { heading: '一、基本情况' },
      { text: '全年提交 12 件。\u0000' },
      {
        table: [
          ['单位', '件数'],
          ['一分公司', '12'],
        ],
        head: true,
      },
      { picture, alt: '提交情况' },
    ],
  })
  expect(Buffer.from(bytes).includes('word/media/')).toBe(true)
  const text = JSON.stringify(await readWord(bytes, 10_000_000))
  for (const words of ['年度总结', '集团科协：', '一、基本情况', '全年提交 12 件。', '件数', '一分公司科协'])
    expect(text).toContain(words)
})

test.each([
  ['2026-11-23', '二〇二六年十一月'],
  ['2030-10-01', '二〇三〇年十月'],
  ['2027-02-28', '二〇二七年二月'],
])('%s is %s', (day, month) => {
  expect(chineseMonth(day)).toBe(month)
})
