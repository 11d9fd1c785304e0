import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ada, clearWebChat, complaint, createBench as createOn } from '../../../test/platforms/web-bench.ts'
import { openTestStore } from '../../../test/store/open-test-store.ts'
import { translate } from '../../messages/translate.ts'
import { contentHash } from '../../store/content-hash.ts'
import { cleanFileName, fileType } from './file-kind.ts'
import { hasFewParts } from './form-parts.ts'
import { largestFile, longestFileName, mostBytesADay, mostUploadsOfAddress } from './limits.ts'

let opened: Awaited<ReturnType<typeof openTestStore>>
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())
afterEach(() => clearWebChat(opened.store))

const form = (name: string, content: string | Uint8Array<ArrayBuffer>, id = 'upload-01') => {
  const made = new FormData()
  made.set('id', id)
  made.set('conversation', 'conversation-1')
  made.set('file', new Blob([content]), name)
  return made
}

describe('a file', () => {
  const send = (bench: ReturnType<typeof createOn>, body: FormData, headers = {}) =>
    bench.send({ path: '/api/files', body, cookie: ada, headers })

  it('is kept, and taken as a message without words', async () => {
    const bench = createOn(opened)
    const response = await send(bench, form('C:\\资料\\方案.txt', '一、目标'))
    expect([response.status, await response.json()]).toEqual([202, { id: 'upload-01' }])
    const [message] = bench.intake.messages
    expect(message).toMatchObject({
      text: '',
      files: [{ name: '方案.txt', type: 'text/plain', size: 12 }],
    })
    expect(Buffer.from((await opened.blobs.get(message!.files![0]!.blob))!).toString()).toBe('一、目标')
    const { messages } = await bench.transcript.read(message!.account.user, null, 0)
    expect(messages).toMatchObject([{ from: 'person', text: '', files: [{ name: '方案.txt', size: 12 }] }])
  })

  it.each([
    ['of a kind that is not taken', 'tool.exe', 'MZ', 400, 'web:file.not-taken', {}],
    ['that is not what its name says', 'photo.png', '<script>', 400, 'web:file.not-taken', {}],
    ['without content', 'empty.txt', '', 400, 'web:file.empty', {}],
  ])('%s is refused in plain words', async (_what, name, content, status, key, values) => {
    const bench = createOn(opened)
    expect(await complaint(await send(bench, form(name, content)))).toEqual([
      status,
      translate('zh-CN', key, values),
    ])
    expect(bench.intake.messages).toEqual([])
  })

  it('that no form waits for is refused and not kept; one that came before is answered as then', async () => {
    const bench = createOn(opened)
    const first = form('a.txt', '甲', 'upload-01')
    expect((await send(bench, first)).status).toBe(202)
    bench.intake.wanting = false
    expect(await complaint(await send(bench, form('b.txt', '乙', 'upload-02')))).toEqual([
      422,
      translate('zh-CN', 'chat:no-form-for-files'),
    ])
    expect(await opened.blobs.get(contentHash(new TextEncoder().encode('乙')))).toBeNull()
    expect((await send(bench, first)).status).toBe(202)
  })

  it('is refused where its account has sent as much today as may be kept', async () => {
    const bench = createOn(opened)
    const large = 'x'.repeat(largestFile)
    const most = mostBytesADay / largestFile
    for (let number = 0; number < most; number += 1) {
      expect((await send(bench, form('a.txt', large, `upload-0${number}`))).status).toBe(202)
    }
    const one = () => send(bench, form('a.txt', 'x', 'upload-more'))
    expect(await complaint(await one())).toEqual([429, translate('zh-CN', 'web:file.too-many')])
    bench.time.now = new Date(bench.time.now.getTime() + 3600_000)
    expect((await one()).status).toBe(202)
  })

  it('that is too large is refused before it is read, or once it is counted', async () => {
    const bench = createOn(opened)
    const tooLarge = [413, translate('zh-CN', 'web:file.too-large', { most: 20 })]
    const large = form('large.txt', 'x'.repeat(largestFile + 1))
    expect(await complaint(await send(bench, large))).toEqual(tooLarge)
    const announced = { 'Content-Length': String(largestFile * 2) }
    expect(await complaint(await send(bench, form('a.txt', 'x'), announced))).toEqual(tooLarge)
  })

  it.each([
    ['another site', { Origin: 'http://evil.example' }],
    ['a page within another site', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('from %s is refused', async (_what, headers) => {
    expect((await send(createOn(opened), form('a.txt', 'x'), headers)).status).toBe(403)
  })

  it('waits its turn where too many arrive from one address', async () => {
    const bench = createOn(opened)
    const gate = Promise.withResolvers<void>()
    bench.intake.storing = () => gate.promise
    const ids = Array.from({ length: mostUploadsOfAddress }, (_, index) => `upload-${index}0`)
    const arriving = ids.map((id) => send(bench, form('a.txt', 'x', id)))
    await expect
      .poll(async () => complaint(await send(bench, form('a.txt', 'x'))))
      .toEqual([503, translate('zh-CN', 'web:busy')])
    gate.resolve()
    expect((await Promise.all(arriving)).map(({ status }) => status)).toEqual(ids.map(() => 202))
    expect((await send(bench, form('a.txt', 'x'))).status).toBe(202)
  })

  it('comes no more often than questions do', async () => {
    const bench = createOn(opened, { perMinute: 1 })
    expect((await send(bench, form('a.txt', 'x', 'upload-01'))).status).toBe(202)
    expect((await send(bench, form('a.txt', 'x', 'upload-02'))).status).toBe(429)
  })
})

describe('a form', () => {
  const type = 'multipart/form-data; boundary=----b1'
  const part = (head = '', content = '') =>
    `------b1\r\nContent-Disposition: form-data; name="a"${head}\r\n\r\n${content}\r\n`
  const isTaken = (body: string, given = type) => hasFewParts(new TextEncoder().encode(body), given)

  it('with a few parts is taken apart', () => {
    expect(
      isTaken(`${part()}${part('; filename="x.txt"', '\n'.repeat(50_000))}${part()}------b1--\r\n`),
    ).toBe(true)
    expect(isTaken(`${part()}------b1--\r\n`, 'multipart/form-data; boundary="----b1"')).toBe(true)
  })

  it.each([
    ['of many parts', `${part().repeat(11)}------b1--\r\n`, type],
    ['with many lines before the content', `${part('\r\nX: y'.repeat(5000))}------b1--\r\n`, type],
    ['with two boundaries', `${part()}------b1--\r\n`, `${type}; boundary=c`],
    ['without a boundary', part(), 'multipart/form-data'],
  ])('%s is not', async (_what, body, given) => {
    expect(isTaken(body, given)).toBe(false)
    const sent = { path: '/api/files', body, cookie: ada, headers: { 'Content-Type': given } }
    expect((await createOn(opened).send(sent)).status).toBe(400)
  })
})

describe('fileType', () => {
  const bytes = (...numbers: number[]) => Uint8Array.from(numbers)
  const text = (content: string) => new TextEncoder().encode(content)
  it.each<[string, Uint8Array, string | null]>([
    ['a.PNG', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0), 'image/png'],
    ['a.jpeg', bytes(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
    ['a.gif', text('GIF89a…'), 'image/gif'],
    ['a.webp', text('RIFF1234WEBPVP8 '), 'image/webp'],
    ['a.bmp', text('BM…'), 'image/bmp'],
    ['a.heic', text('\0\0\0\x18ftypheic'), 'image/heic'],
    ['a.pdf', text('%PDF-1.7'), 'application/pdf'],
    ['a.doc', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'application/msword'],
    ['a.zip', text('PK\x05\x06'), 'application/zip'],
    ['a.ofd', text('PK\x03\x04'), 'application/ofd'],
    ['a.txt', text('中文\r\n\ttext'), 'text/plain'],
    ['a.csv', bytes(0xd6, 0xd0, 0x2c, 0xce, 0xc4), 'text/csv'],
    ['a.txt', bytes(0xff, 0xfe, 0x61, 0), 'text/plain'],
    ['a.yaml', text('标题: 问卷\n'), 'application/yaml'],
    ['A.YML', text('title: a\n'), 'application/yaml'],
    ['a.yaml', text('title: a\0b'), null],
    ['a.txt', text('a\0b'), null],
    ['a.docx', text('<html>'), null],
    ['a.pdf', text('PK\x03\x04'), null],
    ['a.html', text('<html>'), null],
    ['a.svg', text('<svg>'), null],
    ['png', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), null],
    ['a.constructor', text('x'), null],
    ['a.png', bytes(), null],
  ])('%s of %o is %s', (name, content, type) => {
    expect(fileType(name, content)).toBe(type)
  })
})

describe('cleanFileName', () => {
  it.each([
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['..txt', 'txt'],
    ['a\u202egnp.txt', 'agnp.txt'],
    ['a<b>:"c"|?*.txt', 'a b c .txt'],
    [' 多  空 格 .pdf ', '多 空 格 .pdf'],
    [`${'长'.repeat(200)}.docx`, `${'长'.repeat(longestFileName - 5)}.docx`],
    // Of what nobody calls a file only the end is read: a megabyte of dots would keep the process busy for minutes.
    [`a${'.'.repeat(2000)}b.pdf`, 'b.pdf'],
  ])('%s becomes %s', (given, kept) => {
    expect(cleanFileName(given)).toBe(kept)
  })
})
