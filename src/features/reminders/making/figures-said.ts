import type { Rule } from '../../../timers/recurrence/rule.ts'
import { inFigures } from '../../../timers/recurrence/sentence-text.ts'

const weekdays: Record<string, RegExp> = {
  ...{ MO: /[周期拜一、]一|mon/i, TU: /[周期拜一、]?二|tue/i, WE: /三|wed/i, TH: /四|thu/i, FR: /五|fri/i },
  ...{ SA: /六|末|sat|weekend/i, SU: /[日天]|末|sun|weekend/i },
}

/**
 * Whether each figure of a rule was said in a sentence, in figures or Chinese numerals: a model adds none. Nine o'clock need
 * not be said; the first and the last may be words; hours may be of the afternoon.
 */
export function figuresAreSaid(rule: Rule, text: string): boolean {
  const plain = inFigures(text.normalize('NFKC').replaceAll(/(?<=[周期拜])[一二三四五六日天]/g, ''))
  const said = new Set([...plain.matchAll(/\d+/g)].map(([figures]) => Number(figures)))
  const isSaid = (figure: number): boolean =>
    said.has(Math.abs(figure)) ||
    (figure === -1 && /[最末底]|last|end/i.test(text)) ||
    (figure === 1 && /[首头初]|first|start/i.test(text))
  const isTime = (time: string): boolean => {
    const [hour = 0, minute = 0] = time.split(':').map(Number)
    const halves = {
      0: true,
      30: /半|half/i.test(text),
      15: /刻|quarter/i.test(text),
      45: /刻|quarter/i.test(text),
    }
    const isHour =
      isSaid(hour) || (hour > 12 && isSaid(hour - 12)) || (hour === 12 && /中午|noon/i.test(text))
    const isMinute = isSaid(minute) || halves[minute as keyof typeof halves]
    return time === '09:00' || (isHour && isMinute === true)
  }
  const isDay = (day: string): boolean => day.split('-').slice(-2).map(Number).every(isSaid)
  switch (rule.type) {
    case 'once':
      return isDay(rule.at.slice(0, 10)) && isTime(rule.at.slice(11))
    case 'working-day':
      return isSaid(rule.nth) && isTime(rule.time)
    case 'before':
      return (rule.days === 0 || isSaid(rule.days)) && isDay(rule.target) && isTime(rule.time)
    case 'rrule':
      return isTime(rule.from.slice(11)) && partsAreSaid(rule.rrule, text, isSaid)
  }
}

function partsAreSaid(rrule: string, text: string, isSaid: (figure: number) => boolean): boolean {
  return rrule.split(';').every((part) => {
    const [name = '', value = ''] = part.toUpperCase().split('=')
    if (name === 'FREQ' || name === 'WKST') return true
    return value.split(',').every((one) => {
      const [, figure, day] = /^([+-]?\d+)?([A-Z]{2})?/.exec(one) ?? []
      const isRight =
        (figure === undefined || isSaid(Number(figure))) && (!day || weekdays[day]?.test(text) === true)
      // An end, a year and an hour of several are given by words of the sentence alone.
      return isRight && name !== 'UNTIL'
    })
  })
}
