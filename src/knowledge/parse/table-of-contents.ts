import { matchMarker } from './numbering.ts'
import type { Paragraph } from './reflow.ts'
import { isHeadingLike } from './reflow.ts'

const contentsHeading = /^(?:目\s*[录次]|Contents|CONTENTS|Table of Contents)$/
/** So many headings in a row that all stand again further down make a table of contents without a title. */
const shortestRun = 3

/**
 * Indexes of the paragraphs that make a table of contents: its title, and headings in a row of which each
 * stands once more further down. They would be taken for chapters without text.
 */
export function findContents(paragraphs: readonly Paragraph[]): Set<number> {
  const lastPlace = new Map<string, number>()
  const names = paragraphs.map(({ text }) =>
    isHeadingLike(withoutPageNumber(text)) ? withoutPageNumber(text) : null,
  )
  for (const [index, name] of names.entries()) if (name !== null) lastPlace.set(name, index)
  const contents = new Set<number>()
  let run: number[] = []
  let titled = false
  const close = () => {
    if (titled || run.length >= shortestRun) for (const index of run) contents.add(index)
    run = []
    titled = false
  }
  let opening = true
  for (const [index, { text }] of paragraphs.entries()) {
    if (contentsHeading.test(text)) {
      close()
      titled = true
      run.push(index)
      continue
    }
    const name = names[index] ?? null
    const numbered = matchMarker(text) !== null
    const recurs = name !== null && lastPlace.get(name)! > index
    if (recurs && (titled || (numbered && opening))) run.push(index)
    else {
      close()
      // Without a title contents stand before anything that is numbered; items of a list may recur later.
      if (numbered) opening = false
    }
  }
  close()
  return contents
}

/** 第一章 总则 …… 3 → 第一章总则: without bullet, leader dots, page number and white space. */
function withoutPageNumber(line: string): string {
  const text = line.replace(/^[-*] /, '')
  let digits = text.length
  while (digits > 0 && /[0-9０-９]/.test(text.charAt(digits - 1))) digits--
  let leader = digits
  while (leader > 0 && /[.．…·。\s-]/.test(text.charAt(leader - 1))) leader--
  const numbered = digits < text.length && leader < digits
  return (numbered ? text.slice(0, leader) : text).replaceAll(/\s/g, '')
}
