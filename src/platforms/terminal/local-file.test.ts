import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { largestFile } from './limits.ts'
import { filePathIn, keepLocalFile } from './local-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kexie-terminal-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('a line that names a file', () => {
  it.each([
    ['文件 /a/五小 报告.pdf', '/a/五小 报告.pdf'],
    ['file ./a', './a'],
    ['FILE  "/a b/c"', '/a b/c'],
    ["文件：'a.docx'", 'a.docx'],
    ['文件　~/a', join(homedir(), 'a')],
    ['file C:\\a', 'C:\\a'],
  ])('%s', async (line, path) => {
    expect(await filePathIn(line)).toBe(path)
  })

  it.each([
    '文件',
    '文件怎么查',
    'file a complaint',
    '文件 第3.2条怎么说',
    '文件 单独组建/区域联建',
    'files a.pdf',
  ])('not “%s”, which is said', async (line) => {
    expect(await filePathIn(line)).toBeNull()
  })
})

describe('a file', () => {
  const keep = async (bytes: Uint8Array) => `${bytes.length} bytes`

  it('is kept whole', async () => {
    const path = join(folder, '报告.pdf')
    await writeFile(path, 'abc')
    expect(await keepLocalFile(path, keep)).toEqual({ name: '报告.pdf', type: '', size: 3, blob: '3 bytes' })
  })

  it('may have as many bytes as the limit says, not one more', async () => {
    const path = join(folder, 'a')
    await writeFile(path, Buffer.alloc(largestFile))
    expect(await keepLocalFile(path, keep)).toMatchObject({ size: largestFile })
    await writeFile(path, Buffer.alloc(largestFile + 1))
    await expect(keepLocalFile(path, keep)).rejects.toMatchObject({
      key: 'terminal:file.too-large',
      values: { name: 'a', most: 20 },
    })
  })

  it.each([
    ['missing', 'none.pdf'],
    ['none', '.'],
    ['empty', 'empty.pdf'],
    ['unreadable', 'empty.pdf/inside'],
  ])('that is %s is turned down plainly', async (reason, name) => {
    await writeFile(join(folder, 'empty.pdf'), '')
    await expect(keepLocalFile(join(folder, name), keep)).rejects.toMatchObject({
      key: `terminal:file.${reason}`,
    })
  })
})
