import type { Day } from '../timers/calendar/day.ts'

const digits = '〇一二三四五六七八九'

/** A month as it stands on a certificate, such as 二〇二六年十一月. */
export function chineseMonth(day: Day): string {
  const [year = '', month = ''] = day.split('-')
  return `${[...year].map((digit) => digits[Number(digit)]).join('')}年${chineseNumber(Number(month))}月`
}

/** From 1 to 99. */
function chineseNumber(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? digits[ones] : ''}`
}
