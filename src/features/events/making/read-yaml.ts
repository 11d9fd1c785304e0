import { LineCounter, parseAllDocuments } from 'yaml'
import { PlainError } from '../../../messages/plain-error.ts'

/** Where something stands in a document: names and places in lists, from the outside inwards. */
export type YamlPath = readonly (string | number)[]

export interface YamlDocument {
  value: unknown
  /** The line, from 1, of what stands there, or of the nearest thing around it. */
  lineOf(path: YamlPath): number
}

/** Characters of a file; what is longer was not written by hand. */
const longest = 1_000_000
/** A few lines of aliases that name one another unfold to gigabytes. */
const mostAliases = 100

/**
 * Reads the documents of a YAML text with the lines on which things stand. Throws PlainError `making:yaml.broken` with the
 * line where it is no YAML. Times are texts, as YAML 1.2 has it.
 */
export function readYaml(text: string): YamlDocument[] {
  if (text.length > longest) throw new PlainError('making:yaml.too-large')
  const lines = new LineCounter()
  const documents = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    prettyErrors: false,
  })
  if (!Array.isArray(documents)) return []
  return documents.map((document) => {
    const [error] = document.errors
    if (error) {
      const line = lines.linePos(error.pos[0]).line
      throw new PlainError('making:yaml.broken', { line: Math.max(line, 1), problem: error.message })
    }
    return {
      value: unfolded(() => document.toJS({ maxAliasCount: mostAliases })),
      lineOf(path) {
        for (let end = path.length; end >= 0; end -= 1) {
          const node: unknown = end === 0 ? document.contents : document.getIn(path.slice(0, end), true)
          const range = rangeOf(node)
          if (range !== null) return lines.linePos(range).line
        }
        return 1
      },
    }
  })
}

function unfolded(make: () => unknown): unknown {
  try {
    return make()
  } catch (cause) {
    throw new PlainError('making:yaml.too-large', {}, { cause })
  }
}

/** Where a node begins; null: it is none of the text's. */
function rangeOf(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node)) return null
  const { range } = node
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : null
}
