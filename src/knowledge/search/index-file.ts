import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** A named flat array of an index file. */
export type Section = Uint8Array | Uint32Array | Float32Array

/** First bytes of the file; the number goes up when the layout of what is stored changes. */
const magic = 'kexie-index-5\n'
/** After it comes the SHA-256 of the rest of the file: a wrong offset does as much harm as a wrong number. */
const digestLength = 32
const headerStart = magic.length + digestLength + 4
const alignment = 8

interface Header {
  /** What the index was made from; another one makes the file worthless. */
  fingerprint: string
  sections: { name: string; type: 'u8' | 'u32' | 'f32'; offset: number; length: number }[]
}

/** Writes the sections as they lie in memory; the file is complete or absent, never half. */
export function writeIndexFile(path: string, fingerprint: string, sections: Record<string, Section>): void {
  const body: Uint8Array[] = []
  const header: Header = { fingerprint, sections: [] }
  let offset = 0
  for (const [name, section] of Object.entries(sections)) {
    const bytes = new Uint8Array(section.buffer, section.byteOffset, section.byteLength)
    const padding = (alignment - (bytes.length % alignment)) % alignment
    header.sections.push({ name, type: typeName(section), offset, length: section.length })
    body.push(bytes, new Uint8Array(padding))
    offset += bytes.length + padding
  }
  const json = Buffer.from(JSON.stringify(header))
  const lead = Buffer.alloc(Math.ceil((headerStart + json.length) / alignment) * alignment, ' ')
  lead.write(magic, 'latin1')
  lead.writeUInt32LE(lead.length - headerStart, headerStart - 4)
  json.copy(lead, headerStart)
  digestOf([lead.subarray(magic.length + digestLength), ...body]).copy(lead, magic.length)
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${randomUUID()}`
  try {
    const file = openSync(temporary, 'wx')
    try {
      // Unlike `writeSync` it goes on where the system took only a part.
      for (const bytes of [lead, ...body]) writeFileSync(file, bytes)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/**
 * The sections of the file if it was made from the same state, else null: also where it is absent, cut short or
 * damaged, since it can always be made anew.
 */
export function readIndexFile(path: string, fingerprint: string): Map<string, Section> | null {
  try {
    const bytes = readFileSync(path)
    if (bytes.toString('latin1', 0, magic.length) !== magic) return null
    const digested = bytes.subarray(magic.length + digestLength)
    if (!digestOf([digested]).equals(bytes.subarray(magic.length, magic.length + digestLength))) return null
    const start = headerStart + bytes.readUInt32LE(headerStart - 4)
    const header = JSON.parse(bytes.toString('utf8', headerStart, start)) as Header
    if (header.fingerprint !== fingerprint) return null
    // A copy that begins at 0, since typed arrays want aligned offsets and Node's buffers may lie anywhere.
    const body = new Uint8Array(bytes.subarray(start)).buffer
    const sections = new Map<string, Section>()
    for (const { name, type, offset, length } of header.sections) {
      sections.set(name, new sectionTypes[type](body, offset, length))
    }
    return sections
  } catch {
    return null
  }
}

const sectionTypes = { u8: Uint8Array, u32: Uint32Array, f32: Float32Array }

function typeName(section: Section): 'u8' | 'u32' | 'f32' {
  if (section instanceof Uint8Array) return 'u8'
  return section instanceof Uint32Array ? 'u32' : 'f32'
}

function digestOf(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
