import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Blobs } from './blobs.ts'
import { contentHash } from './content-hash.ts'

/** One file per content, `ab/cdef…`, two characters a folder so that none grows too large. */
export class BlobFolder implements Blobs {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async put(bytes: Uint8Array): Promise<string> {
    const hash = contentHash(bytes)
    const path = this.#pathOf(hash)
    if (await isThere(path, bytes.byteLength)) return hash
    await mkdir(dirname(path), { recursive: true })
    // Written aside, synced and renamed: a crash leaves the whole file or none under its name.
    const aside = `${path}.${randomUUID()}`
    try {
      const file = await open(aside, 'wx')
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(aside, path)
    } catch (error) {
      await rm(aside, { force: true })
      throw error
    }
    await syncFolder(dirname(path))
    return hash
  }

  async get(hash: string): Promise<Uint8Array | null> {
    try {
      return new Uint8Array(await readFile(this.#pathOf(hash)))
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  async remove(hash: string): Promise<void> {
    await rm(this.#pathOf(hash), { force: true })
  }

  #pathOf(hash: string): string {
    // A name that is no hash could lead out of the folder.
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('not a SHA-256 in hexadecimal')
    return join(this.#folder, hash.slice(0, 2), hash.slice(2))
  }
}

async function isThere(path: string, size: number): Promise<boolean> {
  try {
    return (await stat(path)).size === size
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

/** The rename itself is on disk only once the folder is. Windows cannot sync a folder and needs not. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
