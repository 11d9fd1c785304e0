import { once } from 'node:events'
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib'

/** A file of an archive; its text comes in pieces, so that none is ever whole in memory. */
export interface ZipPart {
  path: string
  text: AsyncIterable<string> | Iterable<string>
}

interface Written {
  name: Buffer
  crc: number
  packed: number
  size: number
  offset: number
}

/** Sizes are written with 32 bits; a table that large opens in no spreadsheet. */
const longest = 0xffff_ffff
/** Sizes follow the file's data (bit 3), names are UTF-8 (bit 11): APPNOTE.TXT 4.4.4. */
const flags = 0x0808
/** Fast: a table of 100,000 rows is compressed within seconds, and little larger than at the best level. */
const level = 3

/** Writes a ZIP archive piece by piece (PKWARE APPNOTE.TXT 4.3). Throws RangeError above 4 GB. */
export async function* zipStream(parts: Iterable<ZipPart>): AsyncGenerator<Uint8Array> {
  const written: Written[] = []
  let offset = 0
  for (const { path, text } of parts) {
    const name = Buffer.from(path)
    const part: Written = { name, crc: 0, packed: 0, size: 0, offset }
    const header = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fixedFields(part), name])
    yield header
    for await (const packed of deflate(text, part)) {
      part.packed += packed.length
      yield packed
    }
    const sizes = Buffer.alloc(16)
    sizes.write('PK\x07\x08', 'latin1')
    writeSizes(sizes, part, 4)
    yield sizes
    offset += header.length + part.packed + sizes.length
    if (offset > longest || part.size > longest) throw new RangeError('an archive of more than 4 GB')
    written.push(part)
  }
  const directory = Buffer.concat(written.flatMap(directoryEntry))
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(written.length, 8)
  end.writeUInt16LE(written.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  yield Buffer.concat([directory, end])
}

/** Compresses pieces of text, and counts them. */
async function* deflate(text: ZipPart['text'], part: Written): AsyncGenerator<Buffer> {
  const packer = createDeflateRaw({ level })
  let failed: unknown
  const feeding = (async () => {
    for await (const piece of text) {
      const bytes = Buffer.from(piece)
      part.crc = crc32(bytes, part.crc)
      part.size += bytes.length
      // Read no faster than the other end takes it.
      if (!packer.write(bytes)) await drained(packer)
      if (packer.destroyed) return
    }
    packer.end()
  })().catch((error: unknown) => {
    failed = error
    packer.destroy()
  })
  try {
    for await (const packed of packer) yield packed as Buffer
  } catch (error) {
    throw failed ?? error
  } finally {
    packer.destroy()
    await feeding
  }
  if (failed !== undefined) throw failed
}

/** Until it takes more, or is closed; whichever does not come is waited for no longer. */
async function drained(packer: DeflateRaw): Promise<void> {
  const waiting = new AbortController()
  const { signal } = waiting
  try {
    await Promise.race([once(packer, 'drain', { signal }), once(packer, 'close', { signal })])
  } finally {
    waiting.abort()
  }
}

/** From the version needed to the lengths: the same in both headers. Times are zero: 1980, as reproducible files have. */
function fixedFields(part: Written, withSizes = false): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(flags, 2)
  fields.writeUInt16LE(8, 4)
  fields.writeUInt16LE(0x21, 8)
  if (withSizes) writeSizes(fields, part, 10)
  fields.writeUInt16LE(part.name.length, 22)
  return fields
}

function writeSizes(into: Buffer, { crc, packed, size }: Written, at: number): void {
  into.writeUInt32LE(crc, at)
  into.writeUInt32LE(packed, at + 4)
  into.writeUInt32LE(size, at + 8)
}

function directoryEntry(part: Written): Buffer[] {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(part.offset, 10)
  return [Buffer.from('PK\x01\x02\x14\0', 'latin1'), fixedFields(part, true), rest, part.name]
}
