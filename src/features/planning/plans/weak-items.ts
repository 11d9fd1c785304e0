import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Day } from '../../../timers/calendar/day.ts'
import type { PlanItem } from './records.ts'

type Weighed = Pick<PlanItem, 'state' | 'owner' | 'ends_on'>

/** Open items that nobody has, and those whose last day is over before the plan has begun. */
export function weakItems(items: readonly Weighed[], today: Day): { unowned: number; past: number } {
  const open = items.filter(({ state }) => state === 'open')
  return {
    unowned: open.filter(({ owner }) => owner === null).length,
    past: open.filter(({ ends_on }) => ends_on < today).length,
  }
}

/** Says how many items are weak: 14 项没有负责人，3 项期限已过. Empty: none is. */
export function weakLine(items: readonly Weighed[], today: Day, language: Language): string {
  const { unowned, past } = weakItems(items, today)
  return [
    ...(unowned > 0 ? [translate(language, 'planning:weak.unowned', { count: unowned })] : []),
    ...(past > 0 ? [translate(language, 'planning:weak.past', { count: past })] : []),
  ].join(language === 'en' ? ', ' : '，')
}
