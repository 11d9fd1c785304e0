import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { openBytes, sealBytes } from './sealed-bytes.ts'

/**
 * Encrypts what must not lie open: AES-256-GCM with a key of its own for each record, which is itself encrypted with
 * `DATA_KEY`. Where a record's key is removed nobody reads it again, also not in an older copy of the rows.
 */
export interface Sealer {
  /** A new key, encrypted, to be kept in a row of its own. */
  newKey(): string
  /** @param place Names table, record and column: a text moved elsewhere cannot be opened. */
  seal(key: string, place: string, text: string): string
  /** Throws where key, place or text are not what was sealed. */
  open(key: string, place: string, sealed: string): string
  /** The same for the bytes of a file, which say by themselves whether they are whole. */
  sealBytes(key: string, bytes: Uint8Array): Uint8Array
  openBytes(key: string, sealed: Uint8Array): Uint8Array
  /** For what is kept for some days and is of no one matter: under a key of the house's own. */
  sealPassing(place: string, text: string): string
  openPassing(place: string, sealed: string): string
  /** The same for the same text, and no way back: by which an author finds their own again. */
  tag(text: string): string
}

const algorithm = 'aes-256-gcm'
const version = 's1'

/** @param dataKey 32 bytes. */
export function createSealer(dataKey: Uint8Array): Sealer {
  // One key for each use, so that what is made with one says nothing about the other.
  const wrapping = derive(dataKey, 'wrap')
  const tagging = derive(dataKey, 'tag')
  const passing = derive(dataKey, 'passing')
  return {
    newKey: () => encrypt(wrapping, 'key', randomBytes(32).toString('base64')),
    seal: (key, place, text) => encrypt(unwrap(key), place, text),
    open: (key, place, sealed) => decrypt(unwrap(key), place, sealed),
    sealBytes: (key, bytes) => sealBytes(unwrap(key), bytes),
    openBytes: (key, sealed) => openBytes(unwrap(key), sealed),
    sealPassing: (place, text) => encrypt(passing, place, text),
    openPassing: (place, sealed) => decrypt(passing, place, sealed),
    tag: (text) => createHmac('sha256', tagging).update(text).digest('base64url'),
  }

  function unwrap(key: string): Buffer {
    return Buffer.from(decrypt(wrapping, 'key', key), 'base64')
  }
}

function derive(dataKey: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, '', `kexie-bot ${use}`, 32))
}

function encrypt(key: Uint8Array, place: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [version, ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join(
    '.',
  )
}

function decrypt(key: Uint8Array, place: string, sealed: string): string {
  const [mark, nonce = '', tag = '', text = ''] = sealed.split('.')
  if (mark !== version) throw new Error('not a sealed text')
  const decipher = createDecipheriv(algorithm, key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 })
    .setAAD(Buffer.from(place))
    .setAuthTag(Buffer.from(tag, 'base64url'))
  return decipher.update(Buffer.from(text, 'base64url'), undefined, 'utf8') + decipher.final('utf8')
}
