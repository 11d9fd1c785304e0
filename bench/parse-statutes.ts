/**
 * Rebuilds whole laws from a collection of their articles, parses them, and counts how many articles come
 * back with their number and their text to the letter. `node bench/parse-statutes.ts --data DIR`, where DIR
 * holds `statutes.jsonl.gz`: one object a line with `law`, `art` (第…条), `path` (headings joined by “ > ”)
 * and `content`. `--failures N` prints the first N articles that do not come back.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Clause } from '../src/knowledge/clause.ts'
import { parseChineseNumeral } from '../src/knowledge/parse/chinese-numeral.ts'
import { parseDocument } from '../src/knowledge/parse/parse-document.ts'
import { readOptions } from './options.ts'

interface Article {
  law: string
  art: string
  path: string
  content: string
}

const values = readOptions({ texts: ['data'], numbers: { failures: { quick: 0, full: 0 } } })
if (!values.data) throw new Error('Say where the data is: --data DIR')

const file = gunzipSync(readFileSync(join(values.data, 'statutes.jsonl.gz'))).toString('utf8')
const articles = file
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Article)
const laws = Map.groupBy(articles, (article) => article.law)

/** How the text of a law is laid out before it is parsed. */
const layouts: Record<string, (law: string, own: Article[]) => string> = {
  'one paragraph a line': (law, own) => layOut(law, own).join('\n'),
  'no space after the number': (law, own) =>
    layOut(law, own)
      .map((paragraph) => paragraph.replace(/^(第[^　]{1,12}条[^　]{0,4})　/, '$1'))
      .join('\n'),
  'cut at 28 characters, blank lines between': (law, own) =>
    layOut(law, own)
      .flatMap((paragraph) => cutLines(paragraph, 28))
      .join('\n\n'),
}

for (const [name, render] of Object.entries(layouts)) {
  const counts = { exact: 0, numbered: 0, headings: 0, titles: 0, wholeLaws: 0, extra: 0 }
  const failures: string[] = []
  const start = performance.now()
  let characters = 0
  for (const [law, own] of laws) {
    const text = render(law, own)
    characters += text.length
    const parsed = parseDocument(text, 'txt')
    if (parsed.title === law) counts.titles++
    const found = Map.groupBy(parsed.clauses, (clause) => clause.label)
    let right = 0
    for (const article of own) {
      const clause = found.get(article.art.replace('(EQUALS)', ''))?.find((other) => isSame(other, article))
      const number = numberOf(article.art)
      if (found.get(article.art)?.some((other) => other.number === number)) counts.numbered++
      if (clause?.number === number) {
        right++
        if (clause.path.join(' > ').replaceAll(/\s/g, '') === article.path.replaceAll(/\s/g, ''))
          counts.headings++
      } else failures.push(`${law} ${article.art} ${article.path}`)
    }
    counts.exact += right
    counts.extra += parsed.clauses.filter((clause) => clause.number !== null).length - own.length
    if (right === own.length) counts.wholeLaws++
  }
  const seconds = (performance.now() - start) / 1000
  console.log(
    JSON.stringify({
      layout: name,
      laws: laws.size,
      articles: articles.length,
      ...counts,
      characters,
      seconds,
    }),
  )
  for (const failure of failures.slice(0, values.failures)) console.log(failure)
}

function numberOf(art: string): number | null {
  return parseChineseNumeral(/第(.+?)条/.exec(art)?.[1] ?? '')
}

function layOut(law: string, own: Article[]): string[] {
  const paragraphs = [law]
  let open: string[] = []
  for (const article of own) {
    const path = article.path === '' ? [] : article.path.split(' > ')
    const shared = path.findIndex((heading, index) => heading !== open[index])
    if (shared >= 0) paragraphs.push(...path.slice(shared))
    open = path
    paragraphs.push(...`${article.art}　${article.content}`.split('\n'))
  }
  return paragraphs
}

function cutLines(paragraph: string, width: number): string[] {
  const characters = [...`　　${paragraph.trim()}`]
  const lines: string[] = []
  while (characters.length > 0) {
    let end = width
    // Closing signs hang at the end of the line before, as typesetting has it.
    while (/^[、，。；：）》”]/.test(characters[end] ?? '')) end++
    lines.push(characters.splice(0, end).join(''))
  }
  return lines
}

function isSame(clause: Clause, article: Article): boolean {
  return clause.text.replaceAll(/\s/g, '') === `${article.art}${article.content}`.replaceAll(/\s/g, '')
}
