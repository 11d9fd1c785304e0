import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, visit } from 'yaml'
import { hasSteeringSigns } from '../../../messages/steering-signs.ts'
import { type Shown, wordOf } from './words.ts'

/** Where something stands: names and places in lists, from the outside inwards. */
export type Path = readonly (string | number)[]

/** Something that is wrong in a file. */
export interface Mistake {
  /** From 1. */
  line: number
  /** Of the message, below `collections:wrong.` */
  what: string
  values: Record<string, string | number | Shown | readonly Shown[]>
}

/** Says that something is wrong with what stands at a place. */
export type Refuse = (path: Path, what: string, values?: Mistake['values']) => void

/** A file as it was written, its names in English, with the lines on which things stand. */
export interface ReadLines {
  value: unknown
  /** Of the name of what stands there, or of the nearest thing around it. */
  lineOf(path: Path): number
  /** Names and texts as they were typed, for messages. */
  typedName(path: Path): string
}

/** Bytes of a file; a collection written by hand is far shorter. */
const largestFile = 64 * 1024
const deepest = 12

/** Reads one YAML document; gives what is wrong where it is none. Nothing is unfolded, so no file can grow in memory. */
export function readLines(bytes: Uint8Array): ReadLines | Mistake[] {
  const at = (line: number, what: string, values: Mistake['values'] = {}) => [{ line, what, values }]
  if (bytes.length > largestFile) return at(1, 'too-large', { most: largestFile / 1024 })
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return at(1, 'not-utf8')
  }
  const source = text.split(/\r\n?|\n/)
  const tab = source.findIndex((line) => /^\s*\t/.test(line))
  if (tab >= 0) return at(tab + 1, 'tab')
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const [document, more] = Array.isArray(documents) ? documents : []
  const lineAt = (offset: number) => Math.max(lines.linePos(offset).line, 1)
  if (!document || document.contents === null) return at(1, 'empty')
  if (more) return at(lineAt(more.range[0]), 'many-documents')
  const [error] = document.errors
  if (error && isUnclosed(error.code)) {
    // Where it was opened, not where the file ended without its end.
    const opened = source.findIndex((line) => (line.match(/"/g)?.length ?? 0) % 2 === 1)
    return at(opened >= 0 ? opened + 1 : lineAt(error.pos[0]), 'unclosed')
  }
  if (error) return at(lineAt(error.pos[0]), 'not-yaml')
  const odd = oddIn(document, lineAt)
  if (odd) return [odd]
  const steering = steeringIn(document, lineAt)
  if (steering.length > 0) return steering
  return valueWithLines(document, lineAt)
}

const isUnclosed = (code: string) => code === 'MISSING_CHAR' || code === 'BAD_DQ_ESCAPE'

/** What no collection needs, and a file could be made large or unclear with: anchors, tags, names twice. */
function oddIn(document: Document, lineAt: (offset: number) => number): Mistake | null {
  let found: Mistake | null = null
  const refuse = (node: unknown, what: string, values: Mistake['values'] = {}) => {
    found ??= { line: lineAt(startOf(node) ?? 0), what, values }
    return visit.BREAK
  }
  visit(document, {
    Alias: (_, node) => refuse(node, 'anchor'),
    Value(_, node, path) {
      if (node.anchor) return refuse(node, 'anchor')
      if (path.filter((one) => !isPair(one)).length > deepest) return refuse(node, 'too-deep')
      return undefined
    },
    Map(_, map) {
      const names = new Set<string>()
      for (const { key } of map.items) {
        if (!isScalar(key)) return refuse(map, 'name-not-text')
        const name = wordOf(String(key.value))
        if (names.has(name)) return refuse(key, 'name-twice', { name: shortened(key.value) })
        names.add(name)
      }
      return undefined
    },
  })
  return found
}

/** Texts that no database or no screen takes as they are; written as escapes they look harmless in the file. */
function steeringIn(document: Document, lineAt: (offset: number) => number): Mistake[] {
  const found: Mistake[] = []
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string' || !hasSteeringSigns(node.value)) return
      found.push({ line: lineAt(startOf(node) ?? 0), what: 'steering', values: {} })
    },
  })
  return found
}

function valueWithLines(document: Document, lineAt: (offset: number) => number): ReadLines {
  const places = new Map<string, { line: number; name: string }>()
  const put = (path: Path, node: unknown, name: string) => {
    const start = startOf(node)
    if (start !== null) places.set(JSON.stringify(path), { line: lineAt(start), name })
  }
  const read = (node: unknown, path: Path): unknown => {
    if (isMap(node)) {
      // Without a prototype a name such as `__proto__` is one like any other.
      const value: Record<string, unknown> = Object.create(null)
      for (const { key, value: inner } of node.items) {
        const typed = isScalar(key) ? String(key.value) : ''
        // What stands there are questions, in whoever's words.
        const name = path.at(-1) === 'when' ? typed : wordOf(typed)
        put([...path, name], key, typed)
        value[name] = read(inner, [...path, name])
      }
      return { ...value }
    }
    if (isSeq(node)) {
      return node.items.map((item, n) => {
        put([...path, n], item, '')
        return read(item, [...path, n])
      })
    }
    return isScalar(node) ? (node.value ?? undefined) : undefined
  }
  put([], document.contents, '')
  const value = read(document.contents, [])
  const nearest = (path: Path) => {
    for (let end = path.length; end >= 0; end -= 1) {
      const place = places.get(JSON.stringify(path.slice(0, end)))
      if (place) return place
    }
    return { line: 1, name: '' }
  }
  return {
    value,
    lineOf: (path) => nearest(path).line,
    typedName: (path) => shortened(nearest(path).name || (path.at(-1) ?? '')),
  }
}

/** Where a node begins; null: it is none of the text's. */
function startOf(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node)) return null
  const { range } = node
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : null
}

/** As a message quotes what somebody typed. */
export const shortened = (typed: unknown): string => Array.from(String(typed)).slice(0, 40).join('')
