import { createSealer } from '../../src/seal/sealer.ts'

/** Of a key that is none: what a test seals is secret to nobody. */
export const testSealer = createSealer(Buffer.alloc(32, 'kexie'))
