import { fromBuffer } from 'yauzl'

/** A document has a few dozen parts. */
const mostEntries = 10_000

export class UnpackedSizeError extends Error {}

/**
 * Unpacks an archive without keeping anything, and stops at the limit: what the headers say of sizes is not
 * believed.
 * @param limit in bytes, for all entries together.
 * @throws UnpackedSizeError above the limit, any other error where the archive is broken.
 */
export function checkUnpackedSize(archive: Uint8Array, limit: number): Promise<void> {
  const buffer = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  return new Promise((resolve, reject) => {
    // Checked by counting; the library's own check would report a forged size as a broken file.
    fromBuffer(buffer, { lazyEntries: true, validateEntrySizes: false }, (failure, zip) => {
      if (failure || !zip) return reject(failure)
      if (zip.entryCount > mostEntries) return reject(new UnpackedSizeError())
      let total = 0
      zip.on('error', reject)
      zip.on('end', resolve)
      zip.on('entry', (entry) => {
        if (entry.fileName.endsWith('/')) return zip.readEntry()
        zip.openReadStream(entry, (error, stream) => {
          if (error || !stream) return reject(error)
          stream.on('error', reject)
          stream.on('data', (chunk: Buffer) => {
            total += chunk.length
            if (total <= limit) return
            stream.destroy()
            reject(new UnpackedSizeError())
          })
          stream.on('end', () => zip.readEntry())
        })
      })
      zip.readEntry()
    })
  })
}
