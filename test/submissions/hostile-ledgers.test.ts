import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { zipStream } from '../../src/spreadsheets/zip-stream.ts'
import { runKexie, traces } from '../command-line/run-kexie.ts'
import { type ConsoleHouse, openHouse } from '../console/console-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const workbook = {
  'xl/workbook.xml': [
    `<workbook xmlns:r="${relations}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  'xl/_rels/workbook.xml.rels': [
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
  ],
}

function* again(piece: string, times: number) {
  for (let i = 0; i < times; i += 1) yield piece
}

async function zipOf(parts: Record<string, Iterable<string>>): Promise<Buffer> {
  const listed = Object.entries(parts).map(([path, text]) => ({ path, text }))
  return Buffer.concat(await Array.fromAsync(zipStream(listed)))
}

const sheet = (text: Iterable<string>) => zipOf({ ...workbook, 'xl/worksheets/sheet1.xml': text })

const row = '<row><c t="inlineStr"><is><t>编号</t></is></c></row>'

/** Files that say they are a ledger, and what is said of them. */
async function badFiles(): Promise<[name: string, bytes: Buffer, said: RegExp][]> {
  const table = await sheet([`<worksheet><sheetData>${row}</sheetData></worksheet>`])
  // A thousand times as large as it lies there, in one cell and beside all cells.
  const spaces = ' '.repeat(1024 * 1024)
  const inCell = function* () {
    yield '<worksheet><sheetData><row><c t="inlineStr"><is><t>'
    yield* again(spaces, 300)
  }
  const unreadable = /文件读不出来/
  const header = Buffer.from('编号,建议名称\r\n')
  return [
    ['bomb.xlsx', await sheet(inCell()), /太大/],
    [
      'shared.xlsx',
      await zipOf({
        ...workbook,
        'xl/sharedStrings.xml': again(spaces, 300),
        'xl/worksheets/sheet1.xml': [row],
      }),
      /太大/,
    ],
    [
      'parts.xlsx',
      await zipOf(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`xl/${i}`, []]))),
      /太大/,
    ],
    ['cut.xlsx', table.subarray(0, table.length - 40), unreadable],
    [
      'torn.xlsx',
      Buffer.concat([table.subarray(0, 60), Buffer.alloc(table.length - 60, 'torn')]),
      unreadable,
    ],
    ['empty.xlsx', await zipOf({}), unreadable],
    ['document.xlsx', await zipOf({ 'word/document.xml': ['<w:document/>'] }), unreadable],
    ['nothing.xlsx', await sheet(['<worksheet><sheetData>']), /没有找到表头/],
    ['old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /旧格式/],
    [
      'picture.xlsx',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0xff]),
      unreadable,
    ],
    ['nothing.csv', Buffer.alloc(0), /没/],
    ['line.csv', Buffer.concat([header, Buffer.from('"'), Buffer.alloc(5_000_000, 'a')]), /太大/],
  ]
}

let files: Awaited<ReturnType<typeof badFiles>>
beforeAll(async () => {
  files = await badFiles()
})

describeEachDatabase('a ledger with ill intent', (open, dialect) => {
  let house: ConsoleHouse
  const cleanUps: (() => Promise<void>)[] = []
  afterEach(async () => {
    await house.bot.stop()
    for (const cleanUp of cleanUps.splice(0)) await cleanUp()
    expect(house.bot.errors).toEqual([])
  })

  test('is refused by the console with plain words, takes up nothing, and leaves the bot at work', {
    timeout: 120_000,
  }, async () => {
    house = await openHouse(open)
    const { admin } = house
    for (const [name, bytes, said] of files) {
      await admin.open('/console/ledgers')
      for (const path of ['import', 'export']) {
        const form = new FormData()
        for (const [key, value] of Object.entries({ kind: 'proposal', organisation: house.root, day: '' }))
          form.set(key, value)
        form.set('file', new File([new Uint8Array(bytes)], name))
        const page = await admin.submit(`/console/ledgers/${path}`, form)
        expect([name, path, page.status]).toEqual([name, path, 400])
        if (path === 'import') expect(page.text).toMatch(said)
        expect(page.text).not.toMatch(traces)
        await admin.open('/console/ledgers')
      }
    }
    expect(await house.store.db.selectFrom('submission').select('id').execute()).toEqual([])
  })

  // The same on both: once is enough for what starts processes.
  if (dialect === 'sqlite') {
    test('is refused at the command line the same way', { timeout: 60_000 }, async () => {
      house = await openHouse(open)
      const folder = await mkdtemp(join(tmpdir(), 'kexie-ledger-'))
      cleanUps.push(() => rm(folder, { recursive: true, force: true }))
      for (const name of ['bomb.xlsx', 'torn.xlsx', 'picture.xlsx']) {
        const path = join(folder, name)
        await writeFile(path, files.find(([one]) => one === name)![1])
        const ended = await runKexie(['submissions', 'import', path, '--kind', 'proposal'], {
          ...{ DATA_DIR: house.location.dataDir, LANG: 'zh_CN.UTF-8' },
          DATA_KEY: Buffer.alloc(32, 'kexie').toString('base64'),
        })
        expect([name, ended.code]).toEqual([name, 1])
        expect(ended.output + ended.errors).not.toMatch(traces)
      }
      expect(await house.store.db.selectFrom('submission').select('id').execute()).toEqual([])
    })
  }
})
