import { PlainError } from '../../messages/plain-error.ts'
import type { ParsedDocument } from '../parse/parse-document.ts'
import { parseDocument } from '../parse/parse-document.ts'
import type { Source } from './convert.ts'
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
/** Characters; a text up to this length is parsed in a few milliseconds, less than a thread takes to start. */
const longText = 200_000
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
  const { parsed: _, ...document } = await read(fileName, bytes, limits, false)
  return document
}

/**
 * The same, and cuts the text into its clauses in the same go: where either could take long, in a thread of its
 * own, so that a server goes on serving meanwhile.
 */
export async function readAndParse(
  fileName: string,
  bytes: Uint8Array,
  limits: Partial<ReadLimits> = {},
): Promise<ReadDocument & { parsed: ParsedDocument }> {
  const { parsed, ...document } = await read(fileName, bytes, limits, true)
  return { ...document, parsed: parsed ?? parseDocument(document.text, document.format) }
}

/** `parsed` is null where it was not asked for, or where the text is short enough to be parsed at once. */
async function read(
  fileName: string,
  bytes: Uint8Array,
  limits: Partial<ReadLimits>,
  parse: boolean,
): Promise<ReadDocument & { parsed: ParsedDocument | null }> {
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
    const inThread = parse && text.length > longText
    const parsed = inThread ? (await convertOrFail({ format, source: text })).parsed : null
    return { text, format, frontMatter, parsed }
  }

  const { text, title, parsed } = await convertOrFail(makeSource())
  // Scanned pages have no letters, at most the page numbers that a printer added.
  if (!/\p{L}/u.test(text)) throw fail(format === 'pdf' ? 'scanned' : 'empty')
  return { text, format, frontMatter: {}, ...(title === '' ? {} : { title }), parsed }

  async function convertOrFail(source: Source) {
    const converted = await convert({ ...source, parse }, time)
    if (!('failure' in converted)) return converted
    throw fail(converted.failure, {
      limit: Math.floor(unpackedSize / megabyte),
      seconds: Math.ceil(time / 1000),
    })
  }

  function makeSource(): Source {
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
