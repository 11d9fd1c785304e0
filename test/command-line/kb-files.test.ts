import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeArchive } from '../documents/make-archive.ts'
import { makePdf } from '../documents/make-pdf.ts'
import { runKexie, traces } from './run-kexie.ts'

let folder: string
let before: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kexie-files-'))
  before = (await kexie('kb', 'list')).output
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const kexie = (...words: string[]) => runKexie(words, { DATA_DIR: join(folder, 'data') })
const text = '场地办法\n\n第一条 场地免费。\n'

const badFiles: [what: string, name: string, content: () => Promise<Uint8Array> | Uint8Array | string][] = [
  ['a scan', 'scan.pdf', () => makePdf((pdf) => pdf.rect(50, 50, 200, 200).fill('black'))],
  [
    'a PDF with a password',
    'locked.pdf',
    () => makePdf((pdf) => pdf.text('x'), { userPassword: 'a', ownerPassword: 'b' }),
  ],
  ['a broken PDF', 'broken.pdf', () => '%PDF-1.7\nnonsense'],
  ['a broken DOCX', 'broken.docx', () => 'PK\x03\x04 cut'],
  [
    'a DOCX that unpacks too large',
    'bomb.docx',
    () => makeArchive({ 'word/document.xml': new Uint8Array(210_000_000) }),
  ],
  ['an empty file', 'empty.txt', () => ''],
  ['a file of blanks', 'blank.md', () => ' \n\u3000\n'],
  ['a file over 20 MB', 'large.txt', () => new Uint8Array(20 * 1024 * 1024 + 1).fill(0x61)],
  ['an unknown type', 'table.xlsx', () => 'x'],
  ['an old Word file', 'old.doc', () => 'x'],
  ['binary data', 'noise.txt', () => Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 7 + i * 13) % 256)],
  ['front matter that is no YAML', 'front.md', () => `---\ntitle: [\n---\n${text}`],
  ['a YAML bomb', 'bomb.md', () => `---\na: &a [x,x]\nb: &b [*a,*a]\ntitle: [*b,*b]\n---\n${text}`],
]

test.each(badFiles)('%s is refused in a plain line', async (_, name, content) => {
  const file = join(folder, name)
  await writeFile(file, await content())
  const { code, output, errors } = await kexie('kb', 'add', file)
  expect(code).toBe(1)
  expect(output).toBe('')
  expect(errors.trim().split('\n')).toHaveLength(1)
  expect(errors).toContain(name)
  expect(errors).not.toMatch(traces)
})

test.each([
  [['--document', '../../x']],
  [['--document', '/etc/passwd']],
  [['--document', '..']],
  [['--document', 'a'.repeat(500)]],
  [['--effective', 'NaN']],
  [['--effective', '2026-02-30']],
  [['--visible-to', 'org:']],
  [['--visible-to', 'role:__proto__']],
])('a good file with %s is refused', async (options) => {
  const file = join(folder, 'good.txt')
  await writeFile(file, text)
  const { code, output, errors } = await kexie('kb', 'add', file, ...options)
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(errors.trim().split('\n')).toHaveLength(1)
  expect(errors).not.toMatch(traces)
})

test.each([['../../etc/passwd'], ['__proto__'], ['constructor'], [''], ["'; drop table document; --"]])(
  'a document named %j is not there to be shown, removed or exported',
  async (name) => {
    for (const words of [
      ['show', name, '1'],
      ['remove', name],
      ['export', name, join(folder, 'out.md')],
    ]) {
      const { code, output, errors } = await kexie('kb', ...words)
      expect({ code, output }).toEqual({ code: 1, output: '' })
      expect(errors).not.toMatch(traces)
    }
  },
)

test('the library is as it was, whatever was refused', async () => {
  expect((await kexie('kb', 'list')).output).toBe(before)
})

test('the title of a document leads to no file outside of the data folder', async () => {
  const home = join(folder, 'other')
  await mkdir(home)
  const file = join(home, 'path.md')
  await writeFile(file, `---\ntitle: ../../../escape\n---\n${text}`)
  const here = (...words: string[]) => runKexie(words, { DATA_DIR: join(home, 'data') })
  expect(await here('kb', 'add', file)).toMatchObject({ code: 0 })
  expect((await here('kb', 'show', '../../../escape', '1')).output).toContain('场地免费')
  expect((await here('kb', 'list')).output).toMatch(/^escape /m)
})
