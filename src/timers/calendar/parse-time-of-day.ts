import { arabicNumerals } from './spoken-numerals.ts'

/** A time of the day, `HH:MM`, from 00:00 to 23:59. */
export type TimeOfDay = string

const periods: Record<string, 'night' | 'morning' | 'noon' | 'afternoon' | 'evening'> = {
  ...{ 凌晨: 'night', 清晨: 'morning', 早上: 'morning', 早晨: 'morning', 上午: 'morning', 中午: 'noon' },
  ...{ 下午: 'afternoon', 傍晚: 'afternoon', 晚上: 'evening', 晚: 'evening' },
}
const words: Record<string, TimeOfDay> = { 中午: '12:00', 正午: '12:00', noon: '12:00', midnight: '00:00' }

const chinese = new RegExp(
  `^(${Object.keys(periods).join('|')})?(\\d{1,2})(?:[点时](?:整|(半)|([123])刻|(\\d{1,2})分?)?|:(\\d\\d))$`,
)
const english = /^(?:at )?(\d{1,2})(?::(\d\d))? ?([ap])\.?m\.?$/

/**
 * The time that a text names and nothing else, or null: 14:30, 9:00am, 3 pm, 9点, 下午3点半, 上午九点一刻, 20时15分, 中午.
 * Without 上午 or 下午 the hours are those of the day, from 0 to 23.
 */
export function parseTimeOfDay(text: string): TimeOfDay | null {
  const plain = arabicNumerals(text.normalize('NFKC').toLowerCase()).trim().replaceAll(/\s+/g, ' ')
  const compact = plain.replace(/^at /, '')
  if (Object.hasOwn(words, compact)) return words[compact]!
  const [, hour, minute = '0', half] = english.exec(compact) ?? []
  if (hour !== undefined) {
    if (Number(hour) < 1 || Number(hour) > 12) return null
    return time((Number(hour) % 12) + (half === 'p' ? 12 : 0), Number(minute))
  }
  const match = chinese.exec(compact.replaceAll(' ', ''))
  if (!match) return null
  const [, period, hours, halfHour, quarters, minutes, figures] = match
  const within = inPeriod(Number(hours), period === undefined ? undefined : periods[period])
  if (within === null) return null
  return time(within, halfHour ? 30 : quarters ? Number(quarters) * 15 : Number(minutes ?? figures ?? 0))
}

/** The hour of 24, or null where the period has none of that number: 晚上12点 could be either end of a day. */
function inPeriod(hour: number, period: (typeof periods)[string] | undefined): number | null {
  if (period === undefined || hour > 12) {
    return period === 'night' || period === 'morning' ? (hour > 12 ? null : hour) : hour
  }
  if (period === 'night') return hour === 12 ? 0 : hour
  if (period === 'morning') return hour === 0 ? null : hour
  if (period === 'noon') return hour >= 10 ? hour : hour >= 1 && hour <= 2 ? hour + 12 : null
  if (period === 'afternoon') return hour === 0 ? null : hour === 12 ? 12 : hour + 12
  return hour >= 5 && hour < 12 ? hour + 12 : null
}

function time(hour: number, minute: number): TimeOfDay | null {
  if (hour > 23 || minute > 59) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
