import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { addDays } from '../../timers/calendar/day.ts'
import type { Fact } from './gather-facts.ts'
import type { Source } from './measures.ts'
import { countedUntil, type Period } from './period.ts'

const quarters = [
  ...['summaries:title.quarter-1', 'summaries:title.quarter-2'],
  ...['summaries:title.quarter-3', 'summaries:title.quarter-4'],
]

const numerals = '一二三四五六七八九十'

/** 一、年度计划完成情况. @param at From 0. */
export function numberedHeading(heading: string, at: number, language: Language): string {
  return language === 'en' ? `${at + 1}. ${heading}` : `${numerals[at] ?? at + 1}、${heading}`
}

/** 2026年三季度工作小结, 2026年度工作总结. */
export function summaryTitle(name: string, { year, quarter }: Period, language: Language): string {
  const key = quarter === null ? 'summaries:title.year' : (quarters[quarter - 1] ?? 'summaries:title.year')
  return translate(language, key, { name, year })
}

/** From when to when, and until which day it is counted where that is earlier. */
export function periodLine(period: Period, now: Date, language: Language): string {
  const [from, until] = [period.from, addDays(period.until, -1)]
  const counted = countedUntil(period, now)
  return counted < until
    ? translate(language, 'summaries:period-so-far', { from, until, counted })
    : translate(language, 'summaries:period', { from, until })
}

/** The records of a figure, on one line: so many at most, and how many there are. */
export function sourcesLine({ sources }: Pick<Fact, 'sources'>, most: number, language: Language): string {
  const joint = language === 'en' ? ', ' : '、'
  const listed = sources.slice(0, most).map(sourceText).join(joint)
  if (sources.length <= most) return listed
  return translate(language, 'summaries:more-sources', { listed, count: sources.length })
}

function sourceText({ number, title }: Source): string {
  return title === '' ? number : `${number} ${title}`
}

/** What is typed for a summary of a period. */
export function askedText(
  { year, quarter }: Period,
  { name, document }: { name: string; document: boolean },
  language: Language,
): string {
  const [ofYear, ofQuarter] = document
    ? ['summaries:typed.document-year', 'summaries:typed.document-quarter']
    : ['summaries:typed.card-year', 'summaries:typed.card-quarter']
  if (quarter === null) return translate(language, ofYear!, { name, year })
  return translate(language, ofQuarter!, { name, year, quarter })
}
