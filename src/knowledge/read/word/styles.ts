import type { XmlElement } from './read-xml.ts'
import { childrenOf, findChild } from './read-xml.ts'

/** What a paragraph style says, with all that it takes over from the style it is based on. */
export interface ParagraphStyle {
  /** Lower case: `heading 1`, `toc 2`, `title`. */
  name: string
  /** 1 for the outermost heading, 0 for text. */
  heading: number
  numId: string | null
  /** Level of the numbering, from 0; null where the numbering's own link to the style tells. */
  level: number | null
  /** The style itself and those it is based on, nearest first. */
  lineage: string[]
}

/** Longer chains of styles are made to loop. */
const longestLineage = 20

/** The paragraph styles of `word/styles.xml` by id; the default style stands under `''`. */
export function readStyles(part: XmlElement | undefined): Map<string, ParagraphStyle> {
  const elements = childrenOf(part, 'w:style').filter(
    ({ attributes }) => (attributes['w:type'] ?? 'paragraph') === 'paragraph',
  )
  const byId = new Map(elements.map((element) => [element.attributes['w:styleId'] ?? '', element]))
  const styles = new Map<string, ParagraphStyle>()
  for (const [id, element] of byId) {
    const style = resolve(id, byId)
    styles.set(id, style)
    if (/^(?:1|true|on)$/.test(element.attributes['w:default'] ?? '')) styles.set('', style)
  }
  return styles
}

function resolve(id: string, byId: ReadonlyMap<string, XmlElement>): ParagraphStyle {
  const style: ParagraphStyle = { name: '', heading: 0, numId: null, level: null, lineage: [] }
  let outline: number | null = null
  let current: string | undefined = id
  while (current !== undefined && style.lineage.length < longestLineage && !style.lineage.includes(current)) {
    const element = byId.get(current)
    if (!element) break
    style.lineage.push(current)
    const name = settingOf(findChild(element, 'w:name'))?.toLowerCase() ?? ''
    if (style.lineage.length === 1) style.name = name
    const named = /^heading ([1-9])$/.exec(name)?.[1]
    outline ??= outlineLevel(element) ?? (named === undefined ? null : Number(named) - 1)
    const numbering = findChild(element, 'w:pPr', 'w:numPr')
    if (style.numId === null && numbering) {
      style.numId = settingOf(findChild(numbering, 'w:numId')) ?? null
      style.level = levelOf(numbering)
    }
    current = settingOf(findChild(element, 'w:basedOn'))
  }
  // Level 9 is body text.
  style.heading = outline === null || outline > 8 ? 0 : outline + 1
  return style
}

export function settingOf(element: XmlElement | undefined): string | undefined {
  return element?.attributes['w:val']
}

/** The level that a `w:numPr` names; null where it names none. */
export function levelOf(numbering: XmlElement): number | null {
  const level = settingOf(findChild(numbering, 'w:ilvl'))
  return level === undefined ? null : Number(level)
}

/** From 0, 9 for body text; null where nothing is said. */
export function outlineLevel(element: XmlElement): number | null {
  const level = settingOf(findChild(element, 'w:pPr', 'w:outlineLvl'))
  return level === undefined ? null : Number(level)
}
