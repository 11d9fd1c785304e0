import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { PlanFigures } from './figures.ts'
import type { itemColumns } from './keep-items.ts'
import type { PlanItem, PlanRow } from './records.ts'

/** 草稿, 待审批, … */
export function stateTitle(state: PlanRow['state'], language: Language): string {
  return translate(language, `planning:state.${state}`)
}

/** 进行中, 已完成, 已取消. */
export function itemStateTitle(state: PlanItem['state'], language: Language): string {
  return translate(language, `planning:item-state.${state}`)
}

/** How far a plan is, on one line. */
export function figuresLine({ percent, items, done, late }: PlanFigures, language: Language): string {
  const line = translate(language, 'planning:card.figures', { percent, items, done })
  return late === 0 ? line : `${line}${translate(language, 'planning:card.late', { late })}`
}

type Changes = Partial<Record<(typeof itemColumns)[number], [string | number | null, string | number | null]>>

/** What was done to an item, as a sentence; with what changed, old → new. @param names Of people, by id. */
export function changeText(
  what: string,
  data: { goal?: string; reason?: string; changes?: Changes },
  names: ReadonlyMap<string, string>,
  language: Language,
): string {
  const { goal = '', reason = '', changes = {} } = data
  const joint = language === 'en' ? '; ' : '；'
  const said = (name: string, value: string | number | null) =>
    value === null || value === ''
      ? translate(language, 'planning:card.nothing')
      : name === 'owner'
        ? (names.get(String(value)) ?? '')
        : String(value)
  const details = Object.entries(changes).map(
    ([name, [before, next]]) =>
      `${translate(language, `planning:column.${name}`)} ${said(name, before)} → ${said(name, next)}`,
  )
  const head = translate(language, `planning:did.${what}`, { goal, reason })
  return details.length === 0 ? head : `${head}${language === 'en' ? ': ' : '：'}${details.join(joint)}`
}
