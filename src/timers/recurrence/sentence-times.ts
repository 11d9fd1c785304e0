import { parseTimeOfDay } from '../calendar/parse-time-of-day.ts'
import type { TimeOfDay } from './rule.ts'
import { inFigures, number, read, type Stretch } from './sentence-text.ts'

/** The times of the day that a sentence names. */
export interface SaidTimes {
  times: readonly TimeOfDay[]
  stretch: Stretch
  /** Which half of the day was meant is a guess, or the hour was not said. */
  guessed: boolean
}

const part = '(?:凌晨|清晨|早上|早晨|早|上午|中午|正午|下午|午后|傍晚|晚上|夜里|晚)'
const clock = `(?:${number}[点时](?:钟|整|半|[123一二三]刻|过?${number}分?)?(?!间|候|长)|\\d{1,2}:\\d\\d(?!\\d))`
/** 提一点建议 is no hour. */
const isHour = '(?!一点(?!钟|整|半|[一二三]刻|[\\d十二三四五]|提醒|叫|$|[,。、和]))'
const one = `(?:(?:${part}的?|${isHour})${clock}|中午|正午)`
const chinese = new RegExp(`(?:\\bat )?${one}(?:[、,和及](?:还有)?${one})*(?:左右|前后|准时)?`)
const anyPart = new RegExp(part)
/** 早 and 晚 by themselves are parts of other words (晚会), unless they follow a day that was read. */
const partAlone = new RegExp(
  `(?!早会|晚会)(?:凌晨|清晨|早上|早晨|上午|中午|下午|午后|傍晚|晚上|夜里|(?<=${read}|今|明)[早晚])`,
)
const english =
  /(?:\bat )?(?:\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?|\bnoon\b|\bmidnight\b|\b\d{1,2}:\d\d\b)|\bat \d{1,2}\b(?! (?:working|business|days?))(?: o'?clock)?(?: in the (?:morning|afternoon|evening))?/
const englishPart = /\b(?:in the |this |every )?(morning|afternoon|evening)\b/

/** What a part of the day means where no hour is said. */
const usual: Record<string, TimeOfDay> = {
  ...{ 凌晨: '06:00', 清晨: '07:00', 早上: '08:00', 早晨: '08:00', 早: '08:00', 上午: '09:00' },
  ...{ 下午: '14:00', 午后: '14:00', 傍晚: '17:00', 晚上: '19:00', 夜里: '20:00', 晚: '19:00' },
  ...{ morning: '09:00', afternoon: '14:00', evening: '19:00' },
}
/** Hours said without a half of the day: nobody is reminded before this one at night. */
const firstOfMorning = 6

/** The first times of the day in a text; null: it names none. A time that there is not (25点) is none. */
export function findTimes(plain: string): SaidTimes | null {
  const found = chinese.exec(plain)
  if (found) {
    const pieces = found[0]
      .replace(/^at /, '')
      .replace(/(?:左右|前后|准时)$/, '')
      .split(/[、,和及](?:还有)?/)
    let before = ''
    const all = pieces.map((piece) => {
      const named = anyPart.exec(piece)?.[0] ?? ''
      // 下午两点和四点: the half of the day goes on.
      const whole = named === '' && before !== '' ? before + piece : piece
      before = named || before
      return readTime(whole)
    })
    if (all.every((time) => time !== null)) return said(all, found)
  }
  const inEnglish = english.exec(plain)
  if (inEnglish) {
    const time = readEnglish(inEnglish[0])
    if (time) return said([time], inEnglish)
  }
  const alone = partAlone.exec(plain) ?? englishPart.exec(plain)
  if (!alone) return null
  const time = usual[alone[1] ?? alone[0]] ?? '12:00'
  return { times: [time], stretch: [alone.index, alone.index + alone[0].length], guessed: true }
}

interface ReadTime {
  time: TimeOfDay
  guessed: boolean
}

function said(all: readonly ReadTime[], match: RegExpExecArray): SaidTimes {
  return {
    times: [...new Set(all.map(({ time }) => time))].toSorted(),
    stretch: [match.index, match.index + match[0].length],
    guessed: all.some(({ guessed }) => guessed),
  }
}

function readTime(piece: string): ReadTime | null {
  const figures = inFigures(piece)
    .replace(/^早(?!上|晨)/, '早上')
    .replace(/^(?:午后)/, '下午')
    .replace(/^夜里/, '晚上')
    .replace(/的?在?(?=\d)/, '')
    .replace(/点钟/, '点')
    .replace(/点过/, '点')
  const time = parseTimeOfDay(figures)
  if (time === null) return null
  return daylight(time, /^[1-9][^\d]/.test(figures))
}

function readEnglish(text: string): ReadTime | null {
  const [, hour, minute = '00', half] =
    /^(?:at )?(\d{1,2})(?::(\d\d))?(?: o'?clock)?(?: in the (morning|afternoon|evening))?$/.exec(text) ?? []
  if (hour === undefined) {
    const time = parseTimeOfDay(text)
    return time === null ? null : { time, guessed: false }
  }
  const moved = half && half !== 'morning' && Number(hour) < 12 ? Number(hour) + 12 : Number(hour)
  const time = parseTimeOfDay(`${moved}:${minute}`)
  return time === null ? null : daylight(time, half === undefined && /^(?:at )?[1-9](?:\D|$)/.test(text))
}

/** 3点 without a half of the day is in the afternoon. */
function daylight(time: TimeOfDay, isBare: boolean): ReadTime {
  const hour = Number(time.slice(0, 2))
  if (!isBare || hour === 0 || hour >= firstOfMorning) return { time, guessed: false }
  return { time: `${hour + 12}${time.slice(2)}`, guessed: true }
}
