import { readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import type { IncomingFile } from '../../chat/incoming.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { largestFile } from './limits.ts'

/**
 * The path in a line such as `文件 报告.pdf` or `file ./report.pdf`; null where the line is something said. A question
 * may begin with these words too, so what follows has to look like a path or to be a file.
 */
export async function filePathIn(line: string): Promise<string | null> {
  const [, written] = /^(?:文件|file)[ \t\u3000:：]+(\S.*)$/iu.exec(line) ?? []
  if (written === undefined) return null
  // Terminals put quotation marks around a path that is dropped into the window.
  const bare = written.trim().replace(/^(["'])(.+)\1$/u, '$2')
  const path = bare.startsWith('~/') ? join(homedir(), bare.slice(2)) : bare
  const looksLikePath = /^(?:~|\.{1,2}|[A-Za-z]:)?[\\/]|\.[A-Za-z][A-Za-z0-9]{0,4}$/u.test(bare)
  return looksLikePath || (await exists(path)) ? path : null
}

/**
 * Reads a file and keeps it.
 * @param keep puts the bytes into the blob store and gives the name they have there
 * Throws PlainError where it is none, is not to be read, or has more than `largestFile` bytes.
 */
export async function keepLocalFile(
  path: string,
  keep: (bytes: Uint8Array) => Promise<string>,
): Promise<IncomingFile> {
  const name = basename(path)
  const bytes = await read(path, name)
  return { name, type: '', size: bytes.length, blob: await keep(bytes) }
}

async function read(path: string, name: string): Promise<Uint8Array> {
  try {
    const found = await stat(path)
    // Devices and pipes may never end.
    if (!found.isFile()) throw new PlainError('terminal:file.none', { name })
    if (found.size > largestFile) {
      throw new PlainError('terminal:file.too-large', { name, most: largestFile / 1024 / 1024 })
    }
    if (found.size === 0) throw new PlainError('terminal:file.empty', { name })
    return await readFile(path)
  } catch (error) {
    if (error instanceof PlainError) throw error
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw new PlainError(missing ? 'terminal:file.missing' : 'terminal:file.unreadable', { name })
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
