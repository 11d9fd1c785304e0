import { harmlessText } from '../text/harmless-text.ts'
import { longestFileName, longestPath } from './limits.ts'

/** How a file of a kind begins, and what it is by its name. */
interface Kind {
  types: Record<string, string>
  isLike(head: Uint8Array): boolean
}

const office = 'application/vnd.openxmlformats-officedocument'

const kinds: Kind[] = [
  { types: { png: 'image/png' }, isLike: beginsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { types: { jpg: 'image/jpeg', jpeg: 'image/jpeg' }, isLike: beginsWith(0xff, 0xd8, 0xff) },
  { types: { gif: 'image/gif' }, isLike: (head) => /^GIF8[79]a/.test(latin(head, 0, 6)) },
  {
    types: { webp: 'image/webp' },
    isLike: (head) => latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP',
  },
  { types: { bmp: 'image/bmp' }, isLike: (head) => latin(head, 0, 2) === 'BM' },
  // Photographs of telephones; the brand stands after the length of the first box.
  {
    types: { heic: 'image/heic', heif: 'image/heif' },
    isLike: (head) => /^ftyp(?:hei|hev|mif|msf)/.test(latin(head, 4, 12)),
  },
  { types: { pdf: 'application/pdf' }, isLike: (head) => latin(head, 0, 1024).includes('%PDF-') },
  // The compound files of older Office, and of WPS.
  {
    types: {
      doc: 'application/msword',
      xls: 'application/vnd.ms-excel',
      ppt: 'application/vnd.ms-powerpoint',
      wps: 'application/vnd.ms-works',
      et: 'application/vnd.ms-excel',
      dps: 'application/vnd.ms-powerpoint',
    },
    isLike: beginsWith(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
  },
  {
    types: {
      docx: `${office}.wordprocessingml.document`,
      xlsx: `${office}.spreadsheetml.sheet`,
      pptx: `${office}.presentationml.presentation`,
      odt: 'application/vnd.oasis.opendocument.text',
      ods: 'application/vnd.oasis.opendocument.spreadsheet',
      // The document format of Chinese offices (GB/T 33190).
      ofd: 'application/ofd',
      zip: 'application/zip',
    },
    isLike: (head) => beginsWith(0x50, 0x4b, 3, 4)(head) || beginsWith(0x50, 0x4b, 5, 6)(head),
  },
  {
    types: {
      ...{ txt: 'text/plain', csv: 'text/csv', md: 'text/markdown' },
      ...{ yaml: 'application/yaml', yml: 'application/yaml' },
    },
    // In every encoding that is met a text has no control characters but white space; UTF-16 tells by its mark.
    isLike: (head) =>
      beginsWith(0xff, 0xfe)(head) ||
      beginsWith(0xfe, 0xff)(head) ||
      !head.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte)),
  },
]

/** What is offered when a file is chosen. */
export const fileExtensions = kinds.flatMap(({ types }) => Object.keys(types))

/** The media type of a file that is taken; null where the name is none of ours, or the content is not what it says. */
export function fileType(name: string, content: Uint8Array): string | null {
  const extension = extensionOf(name)
  const kind = kinds.find(({ types }) => Object.hasOwn(types, extension))
  return kind?.isLike(content.subarray(0, 4096)) ? kind.types[extension]! : null
}

/** A name that any system can keep a file by: no path, nothing that steers a screen, not too long. */
export function cleanFileName(given: string): string {
  // The end of a name tells what it is; what runs over each character from each of them must not get many.
  const bare = harmlessText(given.slice(-longestPath))
    .replace(/^.*[/\\]/s, '')
    .replace(/[<>:"|?*\n\t]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const extension = extensionOf(bare)
  const stem = Array.from(extension === '' ? bare : bare.slice(0, -extension.length - 1))
  const kept = stem.slice(0, longestFileName - extension.length - 1).join('')
  return extension === '' ? kept : `${kept}.${extension}`
}

/** In lower case; empty where there is none. */
function extensionOf(name: string): string {
  return /.\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

function beginsWith(...bytes: number[]): (head: Uint8Array) => boolean {
  return (head) => bytes.every((byte, index) => head[index] === byte)
}

function latin(head: Uint8Array, from: number, to: number): string {
  return Buffer.from(head.subarray(from, to)).toString('latin1')
}
