import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { readOnce } from '../../../knowledge/read-once.ts'
import { PlainError } from '../../../messages/plain-error.ts'

/**
 * A file of data that people without programming keep. Throws PlainError `reminders:file.*` with the file's name, the
 * line and what is wrong there, never with a path of the machine.
 */
export function readYaml<Output>(folder: string, file: string, schema: z.ZodType<Output>): Output {
  let text: string
  try {
    text = readFileSync(join(folder, file), 'utf8')
  } catch (error) {
    throw new PlainError('reminders:file.missing', { file }, { cause: error })
  }
  return readOnce(schema, text, () => parseYaml(text, file, schema))
}

/** As `readYaml`, of a text. */
export function parseYaml<Output>(text: string, file: string, schema: z.ZodType<Output>): Output {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line
    throw new PlainError('reminders:file.wrong', { file, line, at: '', reason: firstLine(broken.message) })
  }
  const read = schema.safeParse(document.toJS())
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol')
  throw new PlainError('reminders:file.wrong', {
    ...{ file, line: lineOf(path), at: path.filter((part) => typeof part === 'string').join('.') },
    reason: firstLine(issue?.message ?? ''),
  })

  /** Of what is wrong, or of what it stands in where it is missing. */
  function lineOf(path: readonly (string | number)[]): number {
    for (let length = path.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true)
      const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null
      if (Array.isArray(range)) return lines.linePos(Number(range[0])).line
    }
    return 1
  }
}

const firstLine = (text: string) => text.split('\n')[0]!.slice(0, 200)
