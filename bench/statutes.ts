import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** One article of a law, a line of a corpus file. */
export interface Article {
  id: number
  law: string
  /** As printed: 第一条. */
  art: string
  /** Headings above it, outermost first, joined by “ > ”; empty where there are none. */
  path: string
  content: string
}

/** The objects of a file of JSON lines, packed by gzip where its name ends in .gz. */
export function readJsonLines<T>(path: string): T[] {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T)
}

export function headingsOf({ path }: Article): string[] {
  return path === '' ? [] : path.split(' > ')
}

/** A law as a text file would have it: title, headings where they change, one paragraph an article. */
export function layOutLaw(law: string, articles: readonly Article[]): string {
  const lines = [law]
  let open: string[] = []
  for (const article of articles) {
    const headings = headingsOf(article)
    const changed = headings.findIndex((heading, i) => heading !== open[i])
    if (changed >= 0) lines.push(...headings.slice(changed))
    open = headings
    lines.push(`${article.art}　${article.content}`)
  }
  return lines.join('\n')
}
