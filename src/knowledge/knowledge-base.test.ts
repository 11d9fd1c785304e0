import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { describeEachDatabase, type OpenedStore } from '../../test/store/each-database.ts'
import { PlainError } from '../messages/plain-error.ts'
import { KnowledgeBase } from './knowledge-base.ts'
import { assignClause, removeHint } from './learned/hints.ts'
import { addDocument } from './library/add-document.ts'
import type { DocumentFile } from './library/prepare-document.ts'
import { removeDocument } from './library/remove-document.ts'

const rules = (rent: string, details: Partial<DocumentFile> = {}): DocumentFile => ({
  fileName: 'rules.txt',
  bytes: new TextEncoder().encode(
    `展厅借用办法\n\n第一条 为规范展厅借用，制定本办法。\n\n第二条 借用展厅每天收取场租${rent}元。\n`,
  ),
  document: 'hall',
  ...details,
})

describeEachDatabase('the knowledge base', (open, dialect) => {
  let opened: OpenedStore
  let knowledgeDir: string
  let indexDir: string
  let now: Date
  beforeEach(async () => {
    opened = await open()
    knowledgeDir = join(opened.location.dataDir, 'knowledge')
    indexDir = join(opened.location.dataDir, 'index')
    now = new Date('2026-05-01T08:00:00Z')
    await add(rules('500'))
  })

  const add = (file: DocumentFile) => addDocument(opened.store, opened.blobs, file, now)
  const openBase = () => KnowledgeBase.open({ store: opened.store, knowledgeDir, indexDir, clock: () => now })
  const texts = ({ engine }: KnowledgeBase) =>
    engine.search({ question: '借用展厅每天收取多少场租？', limit: 1 }).hits.map(({ clause }) => clause.text)
  /** The index files, by when they were written. */
  const files = async () =>
    Promise.all(
      (await readdir(indexDir)).map(async (name) => `${name} ${(await stat(join(indexDir, name))).mtimeMs}`),
    )
  const writeHints = async (question: string) => {
    await mkdir(join(knowledgeDir, 'hints'), { recursive: true })
    await writeFile(
      join(knowledgeDir, 'hints', 'hall.yaml'),
      `document: hall\nclauses:\n  第二条:\n    - passage: 每天收取场租\n      questions: [${question}]\n`,
    )
  }

  test('takes up what was added, changed and removed, keeping one file, and answers meanwhile', async () => {
    const base = await openBase()
    const seen = [await files()]
    await add(rules('800'))
    const refreshing = base.refresh()
    expect(texts(base)).toEqual(['第二条 借用展厅每天收取场租500元。'])
    await Promise.all([refreshing, base.refresh(), base.refresh()])
    expect(texts(base)).toEqual(['第二条 借用展厅每天收取场租800元。'])
    seen.push(await files())
    await add(rules('800', { visibleTo: 'org:分公司一' }))
    await base.refresh()
    expect(texts(base)).toEqual([])
    expect(
      base.engine.openClause('hall', '第二条', [{ organisations: ['分公司一'], roles: [] }])?.clause.text,
    ).toContain('800元')
    seen.push(await files())
    await removeDocument(opened.store, opened.blobs, 'hall', now)
    await base.refresh()
    expect(base.engine.openClause('hall', '第二条', [{ organisations: ['分公司一'], roles: [] }])).toBeNull()
    seen.push(await files())
    expect(seen.map((list) => list.length)).toEqual([1, 1, 1, 1])
    expect(new Set(seen.flat()).size).toBe(4)
  })

  test('takes up what was learned and unlearned elsewhere, also across a change of the library', async () => {
    const question = '石狮子几岁了'
    const first = await openBase()
    const settled = { question, language: 'zh-CN', document: 'hall', key: '第二条', asker: null }
    const id = await opened.store.transaction((trx) => assignClause(trx, settled, null, now))
    const learned = ({ engine }: KnowledgeBase) => engine.search({ question }).learned?.id
    expect(learned(first)).toBeUndefined()
    await first.refresh()
    expect([learned(first), learned(await openBase())]).toEqual([id, id])
    await add(rules('800'))
    await first.refresh()
    expect(learned(first)).toBe(id)
    expect(first.engine.search({ question }).hits[0]!.clause.text).toContain('800')
    await opened.store.transaction((trx) => removeHint(trx, id, null, now))
    await first.refresh()
    expect(learned(first)).toBeUndefined()
  })

  test('closes at once what was closed or removed, also where no new index can be built', async () => {
    const base = await openBase()
    await mkdir(join(knowledgeDir, 'hints'), { recursive: true })
    await writeFile(join(knowledgeDir, 'hints', 'hall.yaml'), 'document: [')
    await add(rules('500', { visibleTo: 'org:分公司一' }))
    await expect(base.refresh()).rejects.toThrow(PlainError)
    expect(texts(base)).toEqual([])
    expect(base.engine.openClause('hall', '第二条', [])).toBeNull()
    const member = [{ organisations: ['分公司一'], roles: [] }]
    expect(base.engine.openClause('hall', '第二条', member)?.clause.text).toContain('500元')
    await removeDocument(opened.store, opened.blobs, 'hall', now)
    await expect(base.refresh()).rejects.toThrow(PlainError)
    expect(base.engine.openClause('hall', '第二条', member)).toBeNull()
  })

  test('takes up a future version when its day has come in China', async () => {
    await add(rules('800', { effective: '2026-06-01' }))
    const base = await openBase()
    now = new Date('2026-05-31T15:59:59Z')
    await base.refresh()
    expect(texts(base)).toEqual(['第二条 借用展厅每天收取场租500元。'])
    now = new Date('2026-05-31T16:00:00Z')
    await base.refresh()
    expect(texts(base)).toEqual(['第二条 借用展厅每天收取场租800元。'])
  })

  // The rest hangs on files, and not on which database it is.
  if (dialect === 'postgres') return

  test('answers from the library, and opens the same file again, also on another day', async () => {
    await mkdir(indexDir, { recursive: true })
    await writeFile(join(indexDir, 'README'), 'not an index')
    await writeFile(join(indexDir, 'old.index'), 'an old index')
    expect(texts(await openBase())).toEqual(['第二条 借用展厅每天收取场租500元。'])
    const before = await files()
    expect(before).toHaveLength(2)
    expect(before).toContainEqual(expect.stringContaining('README'))
    const again = await openBase()
    const { engine } = again
    now = new Date('2026-05-09T08:00:00Z')
    await again.refresh()
    expect(again.engine).toBe(engine)
    expect(texts(again)).toEqual(['第二条 借用展厅每天收取场租500元。'])
    expect(await files()).toEqual(before)
  })

  describe('hints', () => {
    test('that changed are taken up at the next start and with the next change of the library', async () => {
      const asked = (base: KnowledgeBase) => base.engine.search({ question: '咋收费' }).hits[0]
      expect(asked(await openBase())?.hinted).toEqual([])
      await writeHints('咋收费')
      const base = await openBase()
      expect(asked(base)?.hinted).toMatchObject([{ passage: '每天收取场租' }])
      expect(await files()).toHaveLength(1)
      await writeHints('多少钱一天')
      await add(rules('800'))
      await base.refresh()
      expect(base.engine.search({ question: '多少钱一天' }).hits[0]!.hinted[0]!.similarity).toBeCloseTo(1, 3)
    })

    test('that are broken are named at the start; a running base goes on with what it has', async () => {
      const base = await openBase()
      await mkdir(join(knowledgeDir, 'hints'), { recursive: true })
      await writeFile(join(knowledgeDir, 'hints', 'hall.yaml'), 'document: [')
      await expect(openBase()).rejects.toBeInstanceOf(PlainError)
      await add(rules('800'))
      await expect(base.refresh()).rejects.toBeInstanceOf(PlainError)
      expect(texts(base)).toEqual(['第二条 借用展厅每天收取场租500元。'])
      await writeHints('咋收费')
      await base.refresh()
      expect(texts(base)).toEqual(['第二条 借用展厅每天收取场租800元。'])
    })
  })

  test('builds a damaged index file anew', async () => {
    await openBase()
    const [name] = await readdir(indexDir)
    const path = join(indexDir, name!)
    const right = await readFile(path)
    await writeFile(path, right.subarray(0, right.length / 2))
    expect(texts(await openBase())).toEqual(['第二条 借用展厅每天收取场租500元。'])
    expect(await readFile(path)).toEqual(right)
  })

  test('opens an empty library', async () => {
    await removeDocument(opened.store, opened.blobs, 'hall', now)
    const base = await openBase()
    expect(base.engine.search({ question: '场租' })).toMatchObject({ hits: [], doubt: 1 })
    await add(rules('500'))
    await base.refresh()
    expect(texts(base)).toHaveLength(1)
  })
})
