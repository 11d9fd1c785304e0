import { putTogether } from './put-together-keys.ts'
import type { SourceFiles } from './source-files.ts'

const isWithin = (path: string, within: string[]) => within.some((place) => path.startsWith(place))

/** Keys of the catalogues that nothing in the code asks for. */
export function findUnusedKeys(keys: string[], sources: SourceFiles): string[] {
  const code = [...sources].filter(([path]) => !path.startsWith('src/messages/') || path.endsWith('.ts'))
  const quoted = code.map(([path, source]) => ({ path, words: quotedWords(source) }))
  const inFull = new Set(quoted.flatMap(({ words }) => words))
  const rests = putTogether.map(({ prefix, within }) => {
    const files = quoted.filter(({ path }) => isWithin(path, within))
    return { prefix, words: new Set(files.flatMap(({ words }) => words)) }
  })
  return keys.filter(
    (key) =>
      !inFull.has(key) &&
      !rests.some(({ prefix, words }) => key.startsWith(prefix) && words.has(key.slice(prefix.length))),
  )
}

/** What stands between two equal quotation marks and could be a key or a part of one. */
function quotedWords(source: string): string[] {
  return [...source.matchAll(/(?<=(['"`]))[\w.:-]+(?=\1)/g)].map(([word]) => word)
}

/** Keys that the code asks for and no catalogue has, with their files. */
export function findUnknownKeys(keys: string[], sources: SourceFiles): string[] {
  const parts = [...new Set(keys.map((key) => key.split(':')[0]!))]
  const literal = new RegExp(`['"\`]((?:${parts.join('|')}):[\\w-]+(?:\\.[\\w-]+)*)['"\`]`, 'g')
  return [...sources].flatMap(([path, source]) => {
    const asked = [...source.matchAll(literal)].map((match) => match[1]!)
    for (const { prefix, within, by } of putTogether) {
      if (!by || !isWithin(path, within)) continue
      const calls = source.matchAll(new RegExp(`\\b${by}\\(\\s*'([\\w.-]+)'`, 'g'))
      // Where a file has the function more than once, with prefixes of their own, one of them has to fit.
      const prefixes = putTogether.filter((other) => other.by === by && isWithin(path, other.within))
      for (const [, rest] of calls) {
        if (!prefixes.some((other) => keys.includes(other.prefix + rest))) asked.push(prefix + rest)
      }
    }
    asked.push(...listedKeys(path, source, keys))
    return [...new Set(asked)].filter((key) => !keys.includes(key)).map((key) => `${path}: ${key}`)
  })
}

/** Keys whose last parts stand in a list: `['number', 'state'].map((key) => say(`help.${key}`))`, or a list with a name. */
function listedKeys(path: string, source: string, keys: string[]): string[] {
  const list = String.raw`\[\s*('[\w.-]+'(?:,\s*'[\w.-]+')*),?\s*\]`
  const each = String.raw`\s*\.map\(\s*\(?(\w+)\)?\s*=>[^=;]{0,60}?(\w+)\((?:\w+,\s*)?`
  const mapped = new RegExp(
    `(?:${list}(?:\\s*as const\\s*\\))?|\\b(\\w+))${each}\`([\\w:.-]*)\\$\\{\\3\\}\``,
    'g',
  )
  return [...source.matchAll(mapped)].flatMap(([, written, name, , by, beginning = '']) => {
    const items = written ?? new RegExp(`const ${name} = ${list}`).exec(source)?.[1] ?? ''
    return [...items.matchAll(/'([\w.-]+)'/g)].flatMap(([, item]) => {
      const rest = beginning + item
      if (rest.includes(':')) return [rest]
      const prefixes = putTogether.filter((listed) => listed.by === by && isWithin(path, listed.within))
      return prefixes.some(({ prefix }) => keys.includes(prefix + rest))
        ? []
        : prefixes.slice(0, 1).map(({ prefix }) => prefix + rest)
    })
  })
}

/** Beginnings of keys that are put together in the code in a place that is not listed above. */
export function findUnlistedPrefixes(keys: string[], sources: SourceFiles): string[] {
  const parts = [...new Set(keys.map((key) => key.split(':')[0]!))]
  const beginning = new RegExp(`[\`'"]((?:${parts.join('|')}):[\\w.-]*)(?:\\$\\{|['"]\\s*\\+)`, 'g')
  return [...sources].flatMap(([path, source]) =>
    [...source.matchAll(beginning)]
      .map((match) => match[1]!)
      .filter(
        (prefix) => !putTogether.some((listed) => listed.prefix === prefix && isWithin(path, listed.within)),
      )
      .map((prefix) => `${path}: ${prefix}`),
  )
}
