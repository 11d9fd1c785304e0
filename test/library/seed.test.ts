import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import { exportDocument } from '../../src/knowledge/library/export-document.ts'
import { importSeed } from '../../src/knowledge/library/import-seed.ts'
import { removeDocument } from '../../src/knowledge/library/remove-document.ts'
import { libraryRevision, listVersions, readVersion } from '../../src/knowledge/library/versions.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'

const now = new Date('2026-05-01T08:00:00Z')
const today = '2026-05-01'
const bytesOf = (text: string) => new TextEncoder().encode(text)
const rules = (amount: string) =>
  `---\ndocument: rules\ntitle: 奖励办法\n---\n\n第一条 制定本办法。\n\n第二条 奖金为${amount}元。\n`

describeEachDatabase('seed', (open) => {
  let opened: OpenedStore
  let knowledge: string
  beforeEach(async () => {
    opened = await open()
    knowledge = await mkdtemp(join(tmpdir(), 'kexie-knowledge-'))
  })
  afterEach(() => rm(knowledge, { recursive: true, force: true }))
  const write = async (path: string, text: string) => {
    const file = join(knowledge, 'documents', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  const importAll = () => importSeed(opened.store, opened.blobs, knowledge, now)
  const listed = async () =>
    (await listVersions(opened.store, today)).map(({ document, version, origin }) => [
      document,
      version,
      origin,
    ])

  test('imports each file once, and a changed file as a newer version', async () => {
    await write('rules.md', rules('500'))
    await write('local/other.txt', '其他规定\n\n第一条 其他。\n\n第二条 另外。\n')
    await write('README.md', '# 说明\n')
    await write('.hidden.md', '# 无\n')
    expect((await importAll()).imported.map(({ path, outcome }) => [path, outcome])).toEqual([
      ['local/other.txt', 'new'],
      ['rules.md', 'new'],
    ])
    const revision = await libraryRevision(opened.store)
    expect(await importAll()).toEqual({ imported: [], kept: [], failed: [] })
    expect(await libraryRevision(opened.store)).toBe(revision)
    await write('rules.md', rules('800'))
    expect((await importAll()).imported).toMatchObject([{ path: 'rules.md', outcome: 'newer', version: 2 }])
    await write('rules.md', rules('500'))
    expect((await importAll()).imported).toMatchObject([{ outcome: 'newer', version: 3 }])
  })

  test('what was added or edited in the database wins over a changed file', async () => {
    await write('rules.md', rules('500'))
    await importAll()
    const { store, blobs } = opened
    await addDocument(
      store,
      blobs,
      { fileName: 'rules.md', bytes: bytesOf(rules('500')), issuers: '省科协' },
      now,
    )
    expect(await listed()).toEqual([['rules', 1, 'edited']])
    await write('rules.md', rules('800'))
    expect((await importAll()).kept).toEqual([{ path: 'rules.md', document: 'rules' }])
    expect(await importAll()).toEqual({ imported: [], kept: [], failed: [] })
    await addDocument(store, blobs, { fileName: 'rules.md', bytes: bytesOf(rules('900')) }, now)
    await write('rules.md', rules('850'))
    await importAll()
    expect(await listed()).toEqual([
      ['rules', 1, 'edited'],
      ['rules', 2, 'added'],
    ])
  })

  test('a removed document comes back when its file changes, not before', async () => {
    await write('rules.md', rules('500'))
    await importAll()
    await removeDocument(opened.store, opened.blobs, 'rules', now)
    await importAll()
    expect(await listed()).toEqual([])
    await write('rules.md', rules('800'))
    await importAll()
    expect(await listed()).toEqual([['rules', 2, 'seed']])
  })

  test('a file that cannot be read is told, and keeps none of the others out', async () => {
    await write('a-broken.xyz', '?')
    await write('rules.md', rules('500'))
    const result = await importAll()
    expect(result.failed.map(({ path }) => path)).toEqual(['a-broken.xyz'])
    expect(await listed()).toEqual([['rules', 1, 'seed']])
  })

  test('two processes that import at once import once', async () => {
    await write('rules.md', rules('500'))
    const beside = await open({ at: opened.location })
    const both = await Promise.all([importAll(), importSeed(beside.store, beside.blobs, knowledge, now)])
    expect(both.flatMap(({ imported }) => imported)).toHaveLength(1)
    expect(both.flatMap(({ failed }) => failed)).toEqual([])
    expect(await listed()).toEqual([['rules', 1, 'seed']])
  })

  test('a missing folder has no documents', async () => {
    expect(await importSeed(opened.store, opened.blobs, join(knowledge, 'none'), now)).toEqual({
      imported: [],
      kept: [],
      failed: [],
    })
  })

  describe('export', () => {
    const file = (fileName: string, text: string) => ({ fileName, bytes: bytesOf(text) })
    const plainText =
      '管理办法\n\n第一章 总则\n\n第一条 为了管理，制定本办法。\n\n第二章 奖励\n\n第二条 奖励如下：\n\n（一）奖金。\n\n（二）证书。\n'

    test.each([
      ['Markdown', file('rules.md', rules('500'))],
      [
        'plain text, closed, with a date',
        { ...file('plain.txt', plainText), effective: '2026-01-01', visibleTo: 'org:分公司一,role:cadre' },
      ],
      [
        'a web page',
        file(
          'page.html',
          '<html><title>页</title><h1>页面规定</h1><p>第一条 甲。</p><p>第二条 乙。</p></html>',
        ),
      ],
      ['a title that needs quoting', { ...file('plain.txt', plainText), title: '"办法": #1 - 试行' }],
    ])('%s comes out as a file that gives the same again', async (_name, given) => {
      const { store, blobs } = opened
      const { document } = await addDocument(store, blobs, given, now)
      const exported = await exportDocument(store, blobs, document, 1)
      const before = await readVersion(store, document, 1)
      await removeDocument(store, blobs, document, now)
      await write('back.md', exported)
      expect((await importAll()).imported).toMatchObject([{ document }])
      expect(await readVersion(store, document, 2)).toEqual({ ...before, version: 2 })
    })

    test('is made from the clauses where the original file is lost', async () => {
      const { store, blobs } = opened
      const { document } = await addDocument(store, blobs, file('plain.txt', plainText), now)
      const [version] = await listVersions(store, today)
      await store.transaction((trx) => blobs.remove(version!.blob, trx))
      const exported = await exportDocument(store, blobs, document, 1)
      expect(exported).toContain('第二章 奖励\n\n第二条 奖励如下：')
    })
  })
})
