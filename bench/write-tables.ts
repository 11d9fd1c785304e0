import { readFileSync, writeFileSync } from 'node:fs'

/** Puts text in a page between `<!-- name -->` and `<!-- /name -->`, in the place of what stands there. */
export function writeBetweenMarks(page: string, name: string, text: string): void {
  const before = readFileSync(page, 'utf8')
  const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`]
  const [from, to] = [before.indexOf(begin), before.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${page} has no place for ${name}`)
  writeFileSync(page, `${before.slice(0, from + begin.length)}\n${text}\n${before.slice(to)}`)
}
