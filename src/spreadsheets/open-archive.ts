import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { SpreadsheetError } from './spreadsheet-error.ts'

/** A workbook has a few dozen parts. */
const mostEntries = 10_000
/** In bytes, of all that is read of an archive together: what its headers say of sizes is not believed. */
const longestUnpacked = 256 * 1024 * 1024

export interface Archive {
  has(path: string): boolean
  /** The text of a part, in pieces. Throws SpreadsheetError where it is broken, or all becomes too large. */
  read(path: string): AsyncGenerator<string>
}

/** Opens a ZIP archive by its directory; parts are unpacked while they are read. Throws SpreadsheetError. */
export async function openArchive(bytes: Uint8Array): Promise<Archive> {
  const { zip, entries } = await listEntries(bytes)
  let unpacked = 0
  return {
    has: (path) => entries.has(path),
    async *read(path) {
      const entry = entries.get(path)
      if (!entry) throw new SpreadsheetError('broken')
      const decoder = new TextDecoder('utf-8')
      try {
        for await (const piece of await openStream(zip, entry)) {
          const chunk = piece as Buffer
          unpacked += chunk.length
          if (unpacked > longestUnpacked) throw new SpreadsheetError('too-large')
          yield decoder.decode(chunk, { stream: true })
        }
      } catch (error) {
        throw error instanceof SpreadsheetError ? error : new SpreadsheetError('broken', { cause: error })
      }
      yield decoder.decode()
    },
  }
}

function listEntries(bytes: Uint8Array): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const broken = (cause: unknown) => new SpreadsheetError('broken', { cause })
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, validateEntrySizes: false, autoClose: false }
    fromBuffer(buffer, options, (failure, zip) => {
      if (failure || !zip) return reject(broken(failure))
      if (zip.entryCount > mostEntries) return reject(new SpreadsheetError('too-large'))
      const entries = new Map<string, Entry>()
      zip.on('error', (error) => reject(broken(error)))
      zip.on('end', () => resolve({ zip, entries }))
      zip.on('entry', (entry: Entry) => {
        entries.set(entry.fileName.replace(/^\//, ''), entry)
        zip.readEntry()
      })
      zip.readEntry()
    })
  })
}

function openStream(zip: ZipFile, entry: Entry): Promise<NodeJS.ReadableStream> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error || !stream) reject(error ?? new Error('no stream'))
      else resolve(stream)
    })
  })
}
