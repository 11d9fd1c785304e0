import { formatNumber } from './format-number.ts'
import type { XmlElement } from './read-xml.ts'
import { childrenOf, findChild } from './read-xml.ts'
import type { ParagraphStyle } from './styles.ts'
import { settingOf } from './styles.ts'

interface Level {
  start: number
  format: string
  /** With %1 … %9 for the numbers of the levels: 第%1条. */
  text: string
  /** All numbers in it are printed in plain digits (`isLgl`). */
  legal: boolean
  /** Starts again after a level up to this one (1 for the outermost); 0: never. */
  restart: number | null
  /** What parts the number from the text: tab, space or nothing. */
  suffix: string
  /** The paragraph style that stands for this level. */
  style: string | undefined
}

interface Numbering {
  /** Counted together with all others of the same list. */
  list: string
  levels: Map<number, Level>
  startOverrides: Map<number, number>
}

/**
 * The numbers that Word makes by itself (`word/numbering.xml`), counted along the paragraphs of a document as
 * Word counts them: all that share a list count on together, a deeper level starts again after an outer one.
 */
export class AutomaticNumbers {
  private readonly numberings: Map<string, Numbering>
  private readonly counters = new Map<string, (number | undefined)[]>()
  private readonly overridden = new Set<string>()

  constructor(part: XmlElement | undefined, styles: ReadonlyMap<string, ParagraphStyle>) {
    this.numberings = readNumberings(part, styles)
  }

  /** The level of a numbering that stands for one of the styles, the outermost where none does. */
  levelOfStyle(numId: string, lineage: readonly string[]): number {
    const levels = this.numberings.get(numId)?.levels ?? new Map<number, Level>()
    for (const style of lineage) {
      for (const [index, level] of levels) if (level.style === style) return index
    }
    return 0
  }

  /**
   * Counts a paragraph and gives its number as printed, with white space where the text does not follow at
   * once: `第三条　`, `（一）`, `3.1 `. Empty for bullets and for numberings that do not exist.
   */
  next(numId: string, index: number): string {
    const numbering = this.numberings.get(numId)
    const level = numbering?.levels.get(index)
    if (!numbering || !level) return ''
    const counters = this.counters.get(numbering.list) ?? []
    this.counters.set(numbering.list, counters)
    for (const [overridden, start] of numbering.startOverrides) {
      const name = `${numId} ${overridden}`
      if (overridden > index || this.overridden.has(name)) continue
      this.overridden.add(name)
      counters[overridden] = overridden === index ? start - 1 : start
    }
    for (let outer = 0; outer < index; outer++) counters[outer] ??= numbering.levels.get(outer)?.start ?? 1
    counters[index] = (counters[index] ?? level.start - 1) + 1
    for (const [inner, { restart }] of numbering.levels) {
      if (inner > index && restart !== 0 && index < (restart ?? inner)) counters[inner] = undefined
    }
    return print(numbering, index, counters)
  }
}

function print(numbering: Numbering, index: number, counters: readonly (number | undefined)[]): string {
  const level = numbering.levels.get(index)!
  if (level.format === 'bullet') return ''
  const label = level.text.replaceAll(/%([1-9])/g, (_, place: string) => {
    const outer = numbering.levels.get(Number(place) - 1)
    const value = counters[Number(place) - 1] ?? outer?.start ?? 1
    const isPlain = level.legal && outer?.format !== 'decimalZero'
    return formatNumber(value, isPlain ? 'decimal' : (outer?.format ?? 'decimal'))
  })
  if (label.trim() === '' || level.suffix === 'nothing') return label
  // A full-width sign brings the white space after it along.
  if (/[、）】〕．。]$/.test(label)) return label
  return `${label}${/[\u4e00-\u9fff]$/.test(label) ? '　' : ' '}`
}

function readNumberings(
  part: XmlElement | undefined,
  styles: ReadonlyMap<string, ParagraphStyle>,
): Map<string, Numbering> {
  const lists = new Map(
    childrenOf(part, 'w:abstractNum').map((list) => [list.attributes['w:abstractNumId'] ?? '', list]),
  )
  const byStyle = new Map<string, string>()
  for (const [id, list] of lists) {
    const style = settingOf(findChild(list, 'w:styleLink'))
    if (style !== undefined) byStyle.set(style, id)
  }
  const numberings = new Map<string, Numbering>()
  for (const num of childrenOf(part, 'w:num')) {
    let list = settingOf(findChild(num, 'w:abstractNumId')) ?? ''
    const linked = settingOf(findChild(lists.get(list), 'w:numStyleLink'))
    // A list may only name the style that defines it.
    if (linked !== undefined) list = byStyle.get(linked) ?? list
    const levels = new Map<number, Level>()
    for (const level of childrenOf(lists.get(list), 'w:lvl')) readLevel(level, levels, styles)
    const startOverrides = new Map<number, number>()
    for (const override of childrenOf(num, 'w:lvlOverride')) {
      const own = findChild(override, 'w:lvl')
      if (own) readLevel(own, levels, styles)
      const start = settingOf(findChild(override, 'w:startOverride'))
      if (start !== undefined) startOverrides.set(Number(override.attributes['w:ilvl'] ?? 0), Number(start))
    }
    numberings.set(num.attributes['w:numId'] ?? '', { list, levels, startOverrides })
  }
  return numberings
}

function readLevel(
  element: XmlElement,
  levels: Map<number, Level>,
  styles: ReadonlyMap<string, ParagraphStyle>,
): void {
  const restart = settingOf(findChild(element, 'w:lvlRestart'))
  const legal = findChild(element, 'w:isLgl')
  const style = settingOf(findChild(element, 'w:pStyle'))
  levels.set(Number(element.attributes['w:ilvl'] ?? 0), {
    start: Number(settingOf(findChild(element, 'w:start')) ?? 0),
    format: readFormat(element),
    text: settingOf(findChild(element, 'w:lvlText')) ?? '',
    legal: legal !== undefined && !/^(?:0|false|off)$/.test(settingOf(legal) ?? ''),
    restart: restart === undefined ? null : Number(restart),
    suffix: settingOf(findChild(element, 'w:suff')) ?? 'tab',
    style: style !== undefined && styles.has(style) ? style : undefined,
  })
}

/** Newer formats stand in a choice beside a plain one for older programs. */
function readFormat(level: XmlElement): string {
  const own =
    findChild(level, 'w:numFmt') ?? findChild(level, 'mc:AlternateContent', 'mc:Fallback', 'w:numFmt')
  return settingOf(own) ?? 'decimal'
}
