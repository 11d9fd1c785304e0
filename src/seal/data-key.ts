import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from '../messages/plain-error.ts'

/** The file in `DATA_DIR` that holds the key where none is set. */
const dataKeyFile = 'data.key'

/**
 * The key with which sealed texts are encrypted: the one that is set, else the one in the data folder, made at the first
 * start. Throws PlainError where several replicas share a database and none is set: each would make its own.
 */
export function readDataKey(options: {
  /** 32 bytes as Base64 or hexadecimal. */
  dataKey: string | undefined
  dataDir: string
  isShared: boolean
}): Uint8Array {
  const { dataKey, dataDir, isShared } = options
  if (dataKey !== undefined) return decode(dataKey)
  if (isShared) throw new PlainError('submissions:data-key.required')
  const file = join(dataDir, dataKeyFile)
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    // Written aside and linked, so that of two processes that begin together both get the same, whole key.
    const aside = `${file}.${randomBytes(6).toString('hex')}`
    writeFileSync(aside, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
    chmodSync(aside, 0o600)
    try {
      linkSync(aside, file)
    } catch (error) {
      if (!existsSync(file)) throw error
    } finally {
      rmSync(aside, { force: true })
    }
  }
  return decode(readFileSync(file, 'utf8').trim())
}

function decode(text: string): Uint8Array {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (bytes.length !== 32) throw new PlainError('submissions:data-key.wrong')
  return bytes
}
