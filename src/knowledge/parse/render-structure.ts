import { formatChineseNumeral } from './chinese-numeral.ts'

/** A document as its author thinks of it: chapters of clauses. */
export interface DocumentStructure {
  title: string
  /** Empty where there is none. */
  preamble: string
  chapters: { heading: string; clauses: string[] }[]
}

/** How numbers are printed, and whether those of the clauses run straight through the chapters. */
export interface NumberingScheme {
  chapter: (number: number) => string
  clause: (number: number, chapter: number) => string
  runsThrough: boolean
}

/** The schemes that official documents, statutes, manuals and English charters use. */
export const numberingSchemes: Record<string, NumberingScheme> = {
  opinion: {
    chapter: (number) => `${formatChineseNumeral(number)}、`,
    clause: (number) => `（${formatChineseNumeral(number)}）`,
    runsThrough: false,
  },
  straight: {
    chapter: (number) => `${formatChineseNumeral(number)}、`,
    clause: (number) => `（${formatChineseNumeral(number)}）`,
    runsThrough: true,
  },
  statute: {
    chapter: (number) => `第${formatChineseNumeral(number)}章　`,
    clause: (number) => `第${formatChineseNumeral(number)}条　`,
    runsThrough: true,
  },
  digits: {
    chapter: (number) => `第${number}章 `,
    clause: (number) => `第${number}条 `,
    runsThrough: true,
  },
  manual: {
    chapter: (number) => `${number} `,
    clause: (number, chapter) => `${chapter}.${number} `,
    runsThrough: false,
  },
  english: {
    chapter: (number) => `Chapter ${number} `,
    clause: (number) => `Article ${number} `,
    runsThrough: true,
  },
}

/**
 * Prints a structure as a document with a paragraph a line, for trying the parser: what is parsed from it must
 * be the structure again.
 */
export function renderStructure(structure: DocumentStructure, scheme: NumberingScheme): string {
  const lines = [structure.title]
  if (structure.preamble !== '') lines.push(structure.preamble)
  let number = 0
  for (const [index, chapter] of structure.chapters.entries()) {
    lines.push(scheme.chapter(index + 1) + chapter.heading)
    if (!scheme.runsThrough) number = 0
    for (const clause of chapter.clauses) {
      number++
      lines.push(scheme.clause(number, index + 1) + clause)
    }
  }
  return lines.join('\n')
}
