import { type Document, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml'
import { PlainError } from '../../../messages/plain-error.ts'
import { hasSteeringSigns } from '../../../messages/steering-signs.ts'

/** Where something stands in a document: names and places in lists, from the outside inwards. */
export type YamlPath = readonly (string | number)[]

export interface YamlDocument {
  value: unknown
  /** The line, from 1, of what stands there, or of the nearest thing around it. */
  lineOf(path: YamlPath): number
}

/** Characters of a file, and documents in it; what has more was not written by hand. */
const longest = 256 * 1024
const mostDocuments = 200
/** A few lines of aliases that name one another unfold to gigabytes, and each is looked for in the whole document. */
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
    // The library compares each key with all before it: minutes for some ten thousand keys.
    uniqueKeys: false,
  })
  if (!Array.isArray(documents)) return []
  if (documents.length > mostDocuments) throw new PlainError('making:yaml.documents', { most: mostDocuments })
  return documents.map((document) => {
    const [error] = document.errors
    if (error) {
      const line = lines.linePos(error.pos[0]).line
      throw new PlainError('making:yaml.broken', { line: Math.max(line, 1), problem: error.message })
    }
    needsSimple(document, lines)
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

/** Throws PlainError where a name stands twice in one place, a text has signs that steer, or there are too many aliases to follow. */
function needsSimple(document: Document, lines: LineCounter): void {
  let aliases = 0
  visit(document, {
    Scalar(_, { value, range }) {
      if (typeof value !== 'string' || !hasSteeringSigns(value)) return
      const line = Math.max(lines.linePos(range?.[0] ?? 0).line, 1)
      throw new PlainError('making:yaml.steering', { line })
    },
    Alias() {
      aliases += 1
      if (aliases > mostAliases) throw new PlainError('making:yaml.too-large')
    },
    Map(_, map) {
      const names = new Set<string>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        // As they become names of one object: 1 and "1" are the same.
        const name = String(key.value)
        if (names.has(name)) {
          const line = Math.max(lines.linePos(rangeOf(key) ?? 0).line, 1)
          throw new PlainError('making:yaml.twice', { line, name: name.slice(0, 60) })
        }
        names.add(name)
      }
    },
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
