import { fromBuffer } from 'yauzl'

/** A document has a few dozen parts. */
const mostEntries = 10_000

export class UnpackedSizeError extends Error {}

/**
 * The parts of an archive that are asked for, by their path. All others are unpacked too, without keeping them,
 * and counted: what the headers say of sizes is not believed.
 * @param limit in bytes, for all entries together.
 * @throws UnpackedSizeError above the limit, any other error where the archive is broken.
 */
export function unpackParts(
  archive: Uint8Array,
  wanted: (path: string) => boolean,
  limit: number,
): Promise<Map<string, Uint8Array>> {
  const buffer = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const parts = new Map<string, Uint8Array>()
  return new Promise((resolve, reject) => {
    // Checked by counting; the library's own check would report a forged size as a broken file.
    fromBuffer(buffer, { lazyEntries: true, validateEntrySizes: false }, (failure, zip) => {
      if (failure || !zip) return reject(failure)
      if (zip.entryCount > mostEntries) return reject(new UnpackedSizeError())
      let total = 0
      zip.on('error', reject)
      zip.on('end', () => resolve(parts))
      zip.on('entry', (entry) => {
        if (entry.fileName.endsWith('/')) return zip.readEntry()
        zip.openReadStream(entry, (error, stream) => {
          if (error || !stream) return reject(error)
          const kept: Buffer[] | null = wanted(entry.fileName) ? [] : null
          stream.on('error', reject)
          stream.on('data', (chunk: Buffer) => {
            total += chunk.length
            if (total <= limit) kept?.push(chunk)
            else {
              stream.destroy()
              reject(new UnpackedSizeError())
            }
          })
          stream.on('end', () => {
            if (kept) parts.set(entry.fileName, Buffer.concat(kept))
            zip.readEntry()
          })
        })
      })
      zip.readEntry()
    })
  })
}
