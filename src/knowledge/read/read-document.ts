import { PlainError } from '../../messages/plain-error.ts'
import type { Conversion } from './convert.ts'
import { convert } from './convert.ts'
import { decodeText } from './decode-text.ts'
import type { FrontMatter } from './front-matter.ts'
import { splitFrontMatter } from './front-matter.ts'

export type DocumentFormat = 'txt' | 'md' | 'pdf' | 'docx' | 'html'

export interface ReadDocument {
  /** Without front matter. Headings of Markdown, HTML and DOCX are lines with `#`. */
  text: string
  format: DocumentFormat
  frontMatter: FrontMatter
  /** What the file's own metadata gives as title (HTML). */
  title?: string
}

export interface ReadLimits {
  /** Bytes of a file; 20 MB by default. */
  fileSize: number
  /** Bytes that a DOCX may unpack to; 200 MB by default. */
  unpackedSize: number
  /** Milliseconds that a PDF, DOCX or page may take; a minute by default. */
  time: number
}

const megabyte = 1024 * 1024
export const defaultReadLimits: ReadLimits = {
  fileSize: 20 * megabyte,
  unpackedSize: 200 * megabyte,
  time: 60_000,
}

const formats: Record<string, DocumentFormat> = {
  txt: 'txt',
  text: 'txt',
  md: 'md',
  markdown: 'md',
  pdf: 'pdf',
  docx: 'docx',
  html: 'html',
  htm: 'html',
}

/**
 * Reads a document into text. Slow or hostile files cost at most the limits.
 * @param fileName its ending tells the format; the rest is only shown in messages.
 * @throws PlainError `knowledge:read.…` for whatever is wrong with the file, saying what to do.
 */
export async function readDocument(
  fileName: string,
  bytes: Uint8Array,
  limits: Partial<ReadLimits> = {},
): Promise<ReadDocument> {
  const { fileSize, unpackedSize, time } = { ...defaultReadLimits, ...limits }
  const file = fileName.split(/[/\\]/).at(-1) ?? fileName
  const ending = /\.([^.]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''
  const fail = (reason: string, values: Record<string, string | number> = {}) =>
    new PlainError(`knowledge:read.${reason}`, { file, ...values })
  if (bytes.length > fileSize) throw fail('tooLarge', { limit: Math.floor(fileSize / megabyte) })
  if (ending === 'doc') throw fail('oldWord')
  const format = formats[ending]
  if (!format) throw fail('unknownType')
  if (bytes.length === 0) throw fail('empty')

  if (format === 'txt' || format === 'md') {
    const source = decodeText(bytes)
    if (source === null) throw fail('binary')
    if (source.trim() === '') throw fail('empty')
    const { frontMatter, text } = splitFrontMatter(source, file)
    if (text.trim() === '') throw fail('empty')
    return { text, format, frontMatter }
  }

  const converted = await convert(makeConversion(), time)
  if ('failure' in converted) {
    throw fail(converted.failure, {
      limit: Math.floor(unpackedSize / megabyte),
      seconds: Math.ceil(time / 1000),
    })
  }
  // Scanned pages have no letters, at most the page numbers that a printer added.
  if (!/\p{L}/u.test(converted.text)) throw fail(format === 'pdf' ? 'scanned' : 'empty')
  const { text, title } = converted
  return { text, format, frontMatter: {}, ...(title === '' ? {} : { title }) }

  function makeConversion(): Conversion {
    if (format === 'pdf') {
      if (!holds(bytes.subarray(0, 1024), '%PDF-')) throw fail('broken')
      return { format, bytes }
    }
    if (format === 'docx') {
      const isOle = holds(bytes.subarray(0, 8), '\xd0\xcf\x11\xe0')
      // Word keeps an encrypted document in the container of its old format, under this name.
      if (isOle) throw fail(holds(bytes, 'E\0n\0c\0r\0y\0p\0t\0e\0d\0') ? 'encrypted' : 'oldWord')
      return { format, bytes, unpackedLimit: unpackedSize }
    }
    const declared = /charset\s{0,4}=\s{0,4}["']?([\w-]{1,40})/i.exec(latin(bytes.subarray(0, 4096)))?.[1]
    const source = decodeText(bytes, declared)
    if (source === null) throw fail('binary')
    return { format: 'html', source }
  }
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function holds(bytes: Uint8Array, sequence: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(sequence, 0, 'latin1')
}
