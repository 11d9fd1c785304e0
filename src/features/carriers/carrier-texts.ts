import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Day } from '../../timers/calendar/day.ts'
import type { CarrierRow } from './records.ts'
import type { Grade } from './rules.ts'
import type { Matter } from './schedule.ts'
import type { Warning } from './warnings.ts'

/** 学会服务站, … */
export function kindTitle(kind: CarrierRow['kind'], language: Language): string {
  return translate(language, `carriers:kind.${kind}`)
}

/** 省级, …; empty where there is none. */
export function levelTitle(level: CarrierRow['level'], language: Language): string {
  return level === null ? '' : translate(language, `carriers:level.${level}`)
}

/** 运行中, 已结束, 已撤销. */
export function stateTitle(state: CarrierRow['state'], language: Language): string {
  return translate(language, `carriers:state.${state}`)
}

/** 优秀, 良好, 合格, 不合格. */
export function gradeTitle(grade: Grade, language: Language): string {
  return translate(language, `carriers:grade.${grade}`)
}

/** 合同到期, before or after the day, and 长期无成果: the kinds of what stands. */
export function matterTitle(matter: Matter, language: Language): string {
  return translate(language, `carriers:matter.${matter}`)
}

/** What stands about one carrier, whose end is told beside it: 合同即将到期, 合同已到期, 长期无成果. */
export function standingTitle(
  matter: Matter,
  { ends_on }: Pick<CarrierRow, 'ends_on'>,
  today: Day,
  language: Language,
): string {
  if (matter === 'dormant') return matterTitle(matter, language)
  return translate(language, `carriers:matter.${ends_on < today ? 'expired' : 'expiring'}`)
}

/** What is not as it should be, as a sentence. */
export function warningText({ key, values }: Warning, language: Language): string {
  return translate(language, `carriers:warning.${key}`, values)
}
