import type { SealedFiles } from '../../src/seal/sealed-files.ts'
import { createSealer } from '../../src/seal/sealer.ts'

/** Of a key that is none: what a test seals is secret to nobody. */
export const testSealer = createSealer(Buffer.alloc(32, 'kexie'))

/** Files that lie nowhere: only their names are of interest. */
export const testFiles: SealedFiles = {
  seal: async (_trx, sealedUnder, file) => ({ ...file, sealedUnder }),
  open: async (_trx, { name, type, size, blob }) => ({ name, type, size, blob }),
  read: async () => null,
  async clear() {},
}

/** With what drafts are read. */
export const testReader = { sealer: testSealer, files: testFiles }
