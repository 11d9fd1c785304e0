import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'

/** The bytes of a file, encrypted as a whole: AES-256-GCM. Files are at most 20 MB, so no one piece can be exchanged. */

const algorithm = 'aes-256-gcm'
const version = 1
const sizes = { nonce: 12, tag: 16 }
const headSize = 1 + sizes.nonce + sizes.tag

/**
 * Version, nonce, tag, then what is encrypted. The same bytes under the same key come out the same, so that a
 * transaction that is tried again leaves one file, not two; under another key they have nothing in common.
 * @param key 32 bytes, of one matter.
 */
export function sealBytes(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  // Made of the content, so that no two contents meet the same nonce under one key.
  const nonce = createHmac('sha256', derive(key, 'nonce')).update(bytes).digest().subarray(0, sizes.nonce)
  const cipher = createCipheriv(algorithm, derive(key, 'file'), nonce).setAAD(Buffer.of(version))
  const sealed = [cipher.update(bytes), cipher.final()]
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), ...sealed])
}

/** The bytes again. Throws where it is another key, or anything was altered, cut off, added or exchanged. */
export function openBytes(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed.length < headSize || sealed[0] !== version) throw new Error('not a sealed file')
  const nonce = sealed.subarray(1, 1 + sizes.nonce)
  const tag = sealed.subarray(1 + sizes.nonce, headSize)
  const decipher = createDecipheriv(algorithm, derive(key, 'file'), nonce, { authTagLength: sizes.tag })
    .setAAD(Buffer.of(version))
    .setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed.subarray(headSize)), decipher.final()])
}

/** Texts lie under the matter's key itself: what is made with one says nothing about the other. */
function derive(key: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `kexie-bot ${use}`, 32))
}
