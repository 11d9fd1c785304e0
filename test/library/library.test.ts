import { readdir } from 'node:fs/promises'
import { beforeEach, expect, test } from 'vitest'
import type { Reader } from '../../src/knowledge/clause.ts'
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import type { DocumentFile } from '../../src/knowledge/library/prepare-document.ts'
import { removeDocument } from '../../src/knowledge/library/remove-document.ts'
import {
  currentVersions,
  findDocument,
  libraryFingerprint,
  libraryRevision,
  listVersions,
  readVersion,
} from '../../src/knowledge/library/versions.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'

const now = new Date('2026-05-01T08:00:00Z')
const today = '2026-05-01'

/** A document of two clauses; `amount` makes one version differ from another. */
function rules(amount: string, details: Partial<DocumentFile> = {}): DocumentFile {
  const text = `讲比活动管理办法\n\n第一条 为规范讲比活动，制定本办法。\n\n第二条 奖金为${amount}元。\n`
  return { fileName: 'rules.txt', bytes: new TextEncoder().encode(text), ...details }
}

const member = (organisation: string): Reader => ({ organisations: [organisation], roles: [] })

describeEachDatabase('library', (open) => {
  let opened: OpenedStore
  beforeEach(async () => {
    opened = await open()
  })
  const add = (file: DocumentFile, at = now) => addDocument(opened.store, opened.blobs, file, at)
  const textsOn = async (day: string, readers?: Reader[]) =>
    (await currentVersions(opened.store, day, readers)).map(
      (version) => `${version.version} ${version.clauses.at(-1)!.text}`,
    )

  test('a document comes back as it was parsed, its file byte for byte', async () => {
    const file = rules('500', { issuers: '省科协', effective: '2026年1月2日' })
    expect(await add(file)).toEqual({
      outcome: 'new',
      document: '讲比活动管理办法',
      version: 1,
      title: '讲比活动管理办法',
      effective: '2026-01-02',
      effectiveAssumed: false,
      visibility: { open: true },
      clauses: 2,
    })
    const [version] = await currentVersions(opened.store, today)
    expect(version).toMatchObject({ issuers: '省科协', effective: '2026-01-02', visibility: { open: true } })
    expect(version!.clauses.map(({ key, number, label }) => [key, number, label])).toEqual([
      ['第一条', 1, '第一条'],
      ['第二条', 2, '第二条'],
    ])
    const [listed] = await listVersions(opened.store, today)
    expect(await opened.blobs.get(listed!.blob)).toEqual(file.bytes)
  })

  test('the same title again is a newer version; the identical file changes nothing', async () => {
    await add(rules('500'))
    const revision = await libraryRevision(opened.store)
    expect(await add(rules('500'))).toMatchObject({ outcome: 'same', version: 1 })
    expect(await libraryRevision(opened.store)).toBe(revision)
    expect(await add(rules('800'))).toMatchObject({ outcome: 'newer', version: 2 })
    expect(await textsOn(today)).toEqual(['2 第二条 奖金为800元。'])
  })

  test('the identical file with another date, title or visibility changes just that', async () => {
    await add(rules('500', { issuers: '省科协' }))
    const changed = await add(rules('500', { title: '新名称', visibleTo: 'role:cadre' }))
    expect(changed).toMatchObject({ outcome: 'changed', document: '讲比活动管理办法', title: '新名称' })
    expect(await add(rules('500', { visibleTo: 'org:分公司一' }))).toMatchObject({
      outcome: 'changed',
      version: 1,
    })
    expect(await add(rules('500'))).toMatchObject({ outcome: 'same' })
    const version = await readVersion(opened.store, '讲比活动管理办法', 1)
    expect(version).toMatchObject({
      title: '新名称',
      issuers: '省科协',
      visibility: { open: false, organisations: ['分公司一'], roles: [] },
    })
  })

  test('the identical file stays one document although it was given its title by hand', async () => {
    expect(await add(rules('500', { title: '奖励办法' }))).toMatchObject({ outcome: 'new' })
    expect(await add(rules('500'))).toMatchObject({ outcome: 'same', document: '奖励办法' })
    expect(await listVersions(opened.store, today)).toHaveLength(1)
  })

  test('a newer version takes over on its day, not before, and the old stays readable', async () => {
    await add(rules('500', { effective: '2025-01-01' }))
    await add(rules('800', { effective: '2026-06-01' }))
    expect(await textsOn('2024-12-31')).toEqual([])
    expect(await textsOn('2026-05-31')).toEqual(['1 第二条 奖金为500元。'])
    expect(await textsOn('2026-06-01')).toEqual(['2 第二条 奖金为800元。'])
    expect((await listVersions(opened.store, today)).map(({ standing }) => standing)).toEqual([
      'current',
      'future',
    ])
    expect((await listVersions(opened.store, '2027-01-01')).map(({ standing }) => standing)).toEqual([
      'superseded',
      'current',
    ])
    expect((await readVersion(opened.store, '讲比活动管理办法', 1))!.clauses[1]!.text).toContain('500')
    expect(await readVersion(opened.store, '讲比活动管理办法', 3)).toBeNull()
  })

  test('without a date a newer version beside a dated one holds from the day it is added, in China', async () => {
    await add(rules('500', { effective: '2025-01-01' }))
    const added = await add(rules('800'), new Date('2026-05-01T17:00:00Z'))
    expect(added).toMatchObject({ effective: '2026-05-02', effectiveAssumed: true })
    expect(await textsOn('2026-05-02')).toEqual(['2 第二条 奖金为800元。'])
  })

  test('shows each reader only what all of them may see', async () => {
    await add(rules('500', { document: 'open' }))
    await add(rules('800', { document: 'branch', visibleTo: 'org:分公司一,role:leader' }))
    expect(await textsOn(today)).toHaveLength(2)
    expect(await textsOn(today, [])).toHaveLength(1)
    expect(await textsOn(today, [member('分公司二')])).toHaveLength(1)
    expect(await textsOn(today, [member('分公司一')])).toHaveLength(2)
    expect(await textsOn(today, [member('分公司一'), member('分公司二')])).toHaveLength(1)
    expect(await textsOn(today, [member('分公司一'), { organisations: [], roles: ['leader'] }])).toHaveLength(
      2,
    )
    expect(await readVersion(opened.store, 'branch', 1, [member('分公司二')])).toBeNull()
    expect(await readVersion(opened.store, 'branch', 1, [member('分公司一')])).not.toBeNull()
  })

  test('a newer version stays as closed as the one before, and an old open one does not stand in for it', async () => {
    await add(rules('500'))
    await add(rules('800', { visibleTo: 'org:分公司一' }))
    expect(await add(rules('900'))).toMatchObject({
      visibility: { open: false, organisations: ['分公司一'], roles: [] },
    })
    expect(await textsOn(today, [])).toEqual([])
    await add(rules('900', { visibleTo: 'all' }))
    expect(await textsOn(today, [])).toEqual(['3 第二条 奖金为900元。'])
  })

  test('any error leaves the library as it was', async () => {
    await add(rules('500'))
    const before = await listVersions(opened.store, today)
    const files = async () =>
      (await readdir(opened.location.dataDir, { recursive: true })).filter((name) =>
        /\/[0-9a-f]{62}$/.test(name),
      )
    const blobs = await files()
    const wrong: DocumentFile[] = [
      rules('800', { effective: '2026-02-30' }),
      rules('800', { visibleTo: 'role:nobody' }),
      rules('800', { document: 'a/b' }),
      { fileName: 'empty.txt', bytes: new Uint8Array(0) },
      { fileName: 'unknown.xyz', bytes: new Uint8Array([1]) },
    ]
    for (const file of wrong) await expect(add(file)).rejects.toBeInstanceOf(PlainError)
    const failing = { ...opened.blobs, put: () => Promise.reject(new Error('disk full')) }
    await expect(
      addDocument(
        opened.store,
        { ...failing, get: async () => null, remove: async () => {} },
        rules('800'),
        now,
      ),
    ).rejects.toThrow('disk full')
    expect(await listVersions(opened.store, today)).toEqual(before)
    expect(await files()).toEqual(blobs)
  })

  test('a removed document is gone with its files; added again its versions go on counting', async () => {
    await add(rules('500', { document: 'one' }))
    await add(rules('800', { document: 'one' }))
    await add(rules('500', { document: 'two' }))
    const files = (await listVersions(opened.store, today)).map(({ blob }) => blob)
    await removeDocument(opened.store, opened.blobs, 'one', now)
    expect((await listVersions(opened.store, today)).map(({ document }) => document)).toEqual(['two'])
    expect(await readVersion(opened.store, 'one', 1)).toBeNull()
    // The file of version 1 is that of the other document too.
    expect(await opened.blobs.get(files[0]!)).not.toBeNull()
    expect(await opened.blobs.get(files[1]!)).toBeNull()
    await expect(removeDocument(opened.store, opened.blobs, 'one', now)).rejects.toThrow('no-such-document')
    expect(await add(rules('900', { document: 'one' }))).toMatchObject({ outcome: 'new', version: 3 })
  })

  test('finds a document by its name or its title', async () => {
    await add(rules('500', { document: 'rules' }))
    for (const given of ['rules', '讲比活动管理办法', '《讲比活动管理办法》']) {
      expect(await findDocument(opened.store, given)).toBe('rules')
    }
    await expect(findDocument(opened.store, '别的')).rejects.toThrow(PlainError)
  })

  test('the fingerprint tells whether what holds today is still the same', async () => {
    const at = (day: string) => libraryFingerprint(opened.store, day)
    await add(rules('500'))
    const first = await at(today)
    await add(rules('500'))
    expect(await at(today)).toBe(first)
    await add(rules('800', { effective: '2026-06-01' }))
    expect(await at(today)).toBe(first)
    expect(await at('2026-06-01')).not.toBe(first)
    const seen = [first]
    for (const change of [
      () => add(rules('900')),
      () => add(rules('900', { visibleTo: 'org:分公司一' })),
      () => add(rules('900', { issuers: '省科协' })),
      () => removeDocument(opened.store, opened.blobs, '讲比活动管理办法', now),
    ]) {
      const revision = await libraryRevision(opened.store)
      await change()
      expect(await libraryRevision(opened.store)).toBeGreaterThan(revision)
      seen.push(await at(today))
    }
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('two who add at the same time get one version each', async () => {
    const beside = await open({ at: opened.location })
    const added = await Promise.all([
      add(rules('500')),
      addDocument(beside.store, beside.blobs, rules('800'), now),
      add(rules('900')),
    ])
    expect(added.map(({ version }) => version).sort()).toEqual([1, 2, 3])
  })

  test('a document of a thousand clauses is kept whole and in order', async () => {
    const articles = Array.from(
      { length: 1000 },
      (_, index) => `第${index + 1}条 内容是第${index + 1}项规定。`,
    )
    const bytes = new TextEncoder().encode(`长文件\n\n${articles.join('\n\n')}\n`)
    const { document } = await add({ fileName: 'long.txt', bytes })
    const version = await readVersion(opened.store, document, 1)
    expect(version!.clauses.map(({ number }) => number)).toEqual(articles.map((_, index) => index + 1))
  })
})
