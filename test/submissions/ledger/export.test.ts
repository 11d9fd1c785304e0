import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LedgerRequest } from '../../../src/features/submissions/ledger/export-ledger.ts'
import { exportLedger } from '../../../src/features/submissions/ledger/export-ledger.ts'
import { namedTemplates } from '../../../src/features/submissions/ledger/named-templates.ts'
import { readTemplate } from '../../../src/features/submissions/ledger/template.ts'
import type { ReadCell } from '../../../src/spreadsheets/read-cell.ts'
import { readRows } from '../../../src/spreadsheets/read-rows.ts'
import { writeWorkbook } from '../../../src/spreadsheets/write-workbook.ts'
import { describeEachDatabase } from '../../store/each-database.ts'
import { openSubmissionsHouse, proposal, type SubmissionsHouse } from '../submissions-house.ts'

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

async function tableOf(bytes: Uint8Array): Promise<(readonly ReadCell[])[]> {
  const rows: (readonly ReadCell[])[] = []
  for await (const { cells } of readRows(bytes)) rows.push(cells)
  return rows
}

async function ledgerOf(house: SubmissionsHouse, given: Partial<LedgerRequest> = {}): Promise<Buffer> {
  const request = { asker: 'house', filters: {}, format: 'xlsx', template: null, language: 'zh-CN' } as const
  const { pieces } = await exportLedger(house.context, { ...request, ...given })
  return bytesOf(pieces)
}

const asker = (house: SubmissionsHouse, name: string) => ({ person: house.people[name]! })
const yaml = (...lines: string[]) => Buffer.from(lines.map((line) => `- ${line}\n`).join(''))

describeEachDatabase('the ledger', (open) => {
  test('holds what was sent in as text, numbers and times, and nothing that is computed', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三', { ...proposal, title: "=cmd|' /C calc'!A0", expected: '120000.5' })
    const book = await ledgerOf(house, {
      template: await readTemplate(
        yaml('编号', '名称', '提交人', '所在单位', '提交时间', '预计年效益（元）', '现状与问题'),
        'a.yaml',
        house.kinds.all(),
      ),
    })
    expect(await tableOf(book)).toEqual([
      ['编号', '名称', '提交人', '所在单位', '提交时间', '预计年效益（元）', '现状与问题'],
      [
        ...['JY-2026-0001', "=cmd|' /C calc'!A0", '张三', '华北重工/一分公司'],
        ...[{ minute: '2026-03-02 09:00' }, 120_000.5, proposal.defect],
      ],
    ])
    await house.stop()
  })

  test('fills in the form of a cadre: a title above, their names for the columns, amounts in 万元', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三', { ...proposal, expected: '120000.5' })
    await house.store.transaction((trx) => trx.updateTable('submission').set({ benefit: 86_000 }).execute())
    const title = ['一分公司2026年度合理化建议汇总表', '', '', '', '', '']
    const headings = ['序号', '建议编号', '建议名称', '预计效益（万元）', '产生效益（万元）', '备注']
    const head = async function* () {
      yield title
      yield headings
    }
    const form = await bytesOf(writeWorkbook([{ name: '汇总', rows: head(), headings: 2, widths: [] }]))
    const template = await readTemplate(form, '汇总表.xlsx', house.kinds.all())
    const [, read, filled] = await tableOf(await ledgerOf(house, { template }))
    expect(read).toEqual(headings)
    expect(filled?.slice(0, 5)).toEqual([1, 'JY-2026-0001', proposal.title, 12.00005, 8.6])
    await house.stop()
  })

  test('a reader of another make finds the same in the workbook, and no formula', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三', {
      ...proposal,
      title: '=1+1',
      method: '换成 <b>快换</b> & 110101199001011234',
    })
    const folder = await mkdtemp(join(tmpdir(), 'kexie-ledger-'))
    try {
      const file = join(folder, 'ledger.xlsx')
      await writeFile(file, await ledgerOf(house, { filters: { kind: 'proposal' } }))
      const script = `
import json, sys, zipfile, xml.dom.minidom
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
sheet = xml.dom.minidom.parseString(archive.read('xl/worksheets/sheet1.xml'))
assert len(sheet.getElementsByTagName('f')) == 0
rows = [[''.join(t.firstChild.data for t in c.getElementsByTagName('t') + c.getElementsByTagName('v')) for c in r.getElementsByTagName('c')] for r in sheet.getElementsByTagName('row')]
print(json.dumps(rows))`
      const rows = JSON.parse(
        execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }),
      ) as string[][]
      expect(rows).toHaveLength(2)
      expect(rows[0]).toContain('改进办法')
      expect(rows[1]).toContain('=1+1')
      expect(rows[1]).toContain('换成 <b>快换</b> & 110101199001011234')
    } finally {
      await rm(folder, { recursive: true, force: true })
      await house.stop()
    }
  })

  test('goes only so far as the office of whoever takes it, and to nobody without one', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三')
    await house.sendIn('外人', { ...proposal, title: '二分公司照明改用感应开关' })
    const template = await readTemplate(yaml('名称'), 'a.yml', house.kinds.all())
    const namesFor = async (name: string) =>
      (await tableOf(await ledgerOf(house, { template, asker: asker(house, name) })))
        .slice(1)
        .flat()
        .toSorted()
    expect(await namesFor('王强')).toEqual([proposal.title])
    expect(await namesFor('吴主席')).toEqual([proposal.title, '二分公司照明改用感应开关'])
    await expect(ledgerOf(house, { asker: asker(house, '张三') })).rejects.toThrow(
      'submissions:ledger.not-allowed',
    )
    await expect(ledgerOf(house, { asker: { person: null } })).rejects.toThrow(
      'submissions:ledger.not-allowed',
    )
    await house.stop()
  })

  test('is written page by page, each record once', async () => {
    const house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三')
    const row = await house.row(number)
    const many = Array.from({ length: 2300 }, (_, i) => ({
      ...row,
      id: `copy-${i}`,
      number: `JY-2026-${1000 + i}`,
    }))
    await house.context.store.transaction(async (trx) => {
      for (let i = 0; i < many.length; i += 200) {
        await trx
          .insertInto('submission')
          .values(many.slice(i, i + 200))
          .execute()
      }
    })
    const template = await readTemplate(yaml('序号', '编号'), 'a.yaml', house.kinds.all())
    const rows = (await tableOf(await ledgerOf(house, { template }))).slice(1)
    expect(rows.map(([at]) => at)).toEqual(Array.from({ length: 2301 }, (_, i) => i + 1))
    expect(new Set(rows.map(([, one]) => one)).size).toBe(2301)
    await house.stop()
  })
})

describeEachDatabase('the template of a ledger', (open) => {
  test('is the head of a workbook, with its titles; what is unknown is left to be filled in by hand', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三')
    async function* rows() {
      yield ['某公司合理化建议台账']
      yield ['序号', '建议名称', '提案人', '部门', '领导签字', '日期']
      yield [1, '示例', '某某', '某部', '', '']
    }
    const template = await readTemplate(
      await bytesOf(writeWorkbook([{ name: 'a', rows: rows() }])),
      '台账.xlsx',
      house.kinds.all(),
    )
    const csv = (await ledgerOf(house, { template, format: 'csv' })).toString('utf8')
    expect(csv).toBe(
      '\ufeff某公司合理化建议台账\r\n序号,建议名称,提案人,部门,领导签字,日期\r\n1,三号线夹具改为快换式,张三,华北重工/一分公司,,2026-03-02 09:00\r\n',
    )
    await house.stop()
  })

  test.each([
    [
      'a list that names no column',
      'a.yaml',
      '- heading: 名称\n  column: 不是列\n',
      'submissions:ledger.no-column',
    ],
    ['no list', 'a.yaml', 'a: [', 'submissions:ledger.template-wrong'],
    ['a file without headings', 'a.csv', '甲,乙\r\n1,2\r\n', 'submissions:ledger.template-wrong'],
    ['a file of the old format', 'a.xls', '\u00d0\u00cf\u0011\u00e0', 'submissions:ledger.file.old'],
  ])('%s is refused', async (_, name, text, key) => {
    const { kinds, stop } = await openSubmissionsHouse(open)
    await expect(readTemplate(Buffer.from(text, 'latin1'), name, kinds.all())).rejects.toThrow(key)
    await stop()
  })

  test('those of the house are read by name, and no name leads elsewhere', async () => {
    const { kinds, stop } = await openSubmissionsHouse(open)
    const templates = namedTemplates('knowledge/ledgers')
    expect(templates.names()).toContain('proposal')
    for (const name of templates.names()) {
      const { columns } = await templates.read(name, kinds.all())
      expect(columns.filter(({ column }) => column === null)).toEqual([])
    }
    await expect(templates.read('../submissions/proposal', kinds.all())).rejects.toThrow('no-template')
    await stop()
  })
})
