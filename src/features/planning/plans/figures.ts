import type { Day } from '../../../timers/calendar/day.ts'
import type { PlanItem, PlanRow } from './records.ts'

/** How far a plan is; dropped items do not count. */
export interface PlanFigures {
  /** Of items that count. */
  items: number
  done: number
  dropped: number
  /** 0 to 100, whole: every item weighs the same. */
  percent: number
  /** Whose last day is over. */
  late: number
  /** In yuan. */
  budget: number
}

/** Whether an item should be done and is not, as its plan runs. */
export function isLate({ state, ends_on }: Pick<PlanItem, 'state' | 'ends_on'>, today: Day): boolean {
  return state === 'open' && ends_on < today
}

type Counted = Pick<PlanItem, 'state' | 'percent' | 'ends_on' | 'budget'>

/** Figures of some items. @param running Only then items can be late. */
export function figuresOf(items: readonly Counted[], today: Day, running: boolean): PlanFigures {
  const counted = items.filter(({ state }) => state !== 'dropped')
  const sum = counted.reduce((total, { percent }) => total + percent, 0)
  return {
    items: counted.length,
    done: counted.filter(({ state }) => state === 'done').length,
    dropped: items.length - counted.length,
    percent: counted.length === 0 ? 0 : Math.floor(sum / counted.length),
    late: running ? counted.filter((item) => isLate(item, today)).length : 0,
    budget: Math.round(counted.reduce((total, { budget }) => total + (budget ?? 0), 0) * 100) / 100,
  }
}

/** Figures of each group of items, in the order in which the groups come up. */
export function figuresBy<Key>(
  { row, items }: { row: Pick<PlanRow, 'state'>; items: readonly PlanItem[] },
  key: (item: PlanItem) => Key,
  today: Day,
): { key: Key; figures: PlanFigures }[] {
  return [...Map.groupBy(items, key)].map(([group, theirs]) => ({
    key: group,
    figures: figuresOf(theirs, today, row.state === 'running'),
  }))
}
