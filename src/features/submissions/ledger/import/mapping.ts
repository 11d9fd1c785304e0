import { parse } from 'yaml'
import { z } from 'zod'
import { decodeText } from '../../../../knowledge/read/decode-text.ts'
import { PlainError } from '../../../../messages/plain-error.ts'

/** How an old ledger's own words are meant, where they are not known by themselves. All of it may be left out. */
export interface LedgerMapping {
  /** Columns by heading: `number`, `field.defect`… */
  columns: Record<string, string>
  /** Names of states by the words of the ledger. */
  states: Record<string, string>
  /** Names or paths of organisations by the words of the ledger. */
  organisations: Record<string, string>
  /** Values of fields with choices, by field and the words of the ledger. */
  values: Record<string, Record<string, string>>
}

const words = z.record(z.string().max(200), z.string().max(200))
const schema = z.strictObject({
  columns: words.default({}),
  states: words.default({}),
  organisations: words.default({}),
  values: z.record(z.string().max(40), words).default({}),
})

export const noMapping: LedgerMapping = { columns: {}, states: {}, organisations: {}, values: {} }

const longestMapping = 256 * 1024

/** Reads a mapping file (YAML). Throws PlainError where it is none. */
export function readMapping(bytes: Uint8Array): LedgerMapping {
  try {
    if (bytes.length > longestMapping) throw new RangeError('a mapping of that size')
    return schema.parse(parse(decodeText(bytes) ?? '', { maxAliasCount: 20 }) ?? {})
  } catch (error) {
    throw new PlainError('submissions:ledger.import.mapping-wrong', {}, { cause: error })
  }
}
