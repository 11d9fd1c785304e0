import { expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'

const text = '关于加强科协组织建设的意见\n（一）加强企业科协组织建设，是重要举措。\n'

function utf16(source: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(source, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16LE with a mark', utf16(`\ufeff${text}`, false)],
  ['UTF-16BE with a mark', utf16(`\ufeff${text}`, true)],
  ['UTF-16LE without a mark', utf16(text, false)],
  ['UTF-16BE without a mark', utf16(text, true)],
])('%s', (_, bytes) => {
  expect(decodeText(bytes)).toBe(text)
})

test('GB18030', () => {
  // 企业科协应当加强学习。
  const bytes = Buffer.from('c6f3d2b5bfc6d0add3a6b5b1bcd3c7bfd1a7cfb0a1a3', 'hex')
  expect(decodeText(bytes)).toBe('企业科协应当加强学习。')
})

test('English in UTF-16 without a mark, and in Windows-1252', () => {
  expect(decodeText(utf16('Article 1. Purpose', false))).toBe('Article 1. Purpose')
  expect(decodeText(Buffer.from('The café is open to all members.', 'latin1'))).toBe(
    'The café is open to all members.',
  )
})

test('bytes that are no text', () => {
  expect(decodeText(Buffer.from([0xff, 0xfe, 0x00]))).toBeNull()
  expect(decodeText(Buffer.from(Array.from({ length: 900 }, (_, index) => index % 32)))).toBeNull()
})
