import type { Delay } from './telling-time.ts'

/** What somebody typed about an item of theirs. */
export type ItemWords = {
  /** As typed: `12` or `DB-2026-000012`; null: none was named. */
  number: string | null
} & (
  | { do: 'acknowledge' }
  | { do: 'done'; note: string }
  | { do: 'put-off'; until: Delay | { hours: number } | { day: string } }
  | { do: 'hand-over'; name: string }
)

const number = '(db-\\d{4}-\\d{1,9})'
const anyNumber = '(db-\\d{4}-\\d{1,9}|\\d{1,6})'

type Reading = [RegExp, (match: (string | undefined)[]) => ItemWords | null]

/** Texts are in half width; case does not count. */
const readings: Reading[] = [
  [new RegExp(`^已?知悉了?\\s*${anyNumber}?$`, 'i'), ([, n]) => ({ do: 'acknowledge', number: n ?? null })],
  [
    new RegExp(`^ack(?:nowledged?)?(?:\\s+${anyNumber})?$`, 'i'),
    ([, n]) => ({ do: 'acknowledge', number: n ?? null }),
  ],
  // Without 已 it begins many a question: then it takes a number.
  [
    new RegExp(`^(?:已完成|完成|done)\\s*${anyNumber}(?:[\\s,:]+(.+))?$`, 'is'),
    ([, n, note = '']) => ({ do: 'done', number: n!, note: note.trim() }),
  ],
  [
    /^(?:已完成|done)(?:[\s,:]+(.+))?$/is,
    ([, note = '']) => ({ do: 'done', number: null, note: note.trim() }),
  ],
  [
    new RegExp(`^稍后(?:再?提醒)?我?\\s*(.*?)\\s*${number}?$`, 'i'),
    ([, when = '', n]) => delayed(when === '' ? '1小时' : when, n),
  ],
  [new RegExp(`^(.{1,20}?)再提醒我?\\s*${number}?$`, 'i'), ([, when = '', n]) => delayed(when, n)],
  [new RegExp(`^snooze(?:\\s+(.*?))?\\s*${number}?$`, 'i'), ([, when, n]) => delayed(when || '1h', n)],
  [
    new RegExp(`^转交给?\\s*(?!db-)([^\\s,。?]{1,30}?)\\s*${number}?$`, 'i'),
    ([, name = '', n]) => ({ do: 'hand-over', name, number: n ?? null }),
  ],
  [
    new RegExp(`^转交\\s*${number}\\s*给?\\s*([^\\s,。?]{1,30})$`, 'i'),
    ([, n, name = '']) => ({ do: 'hand-over', name, number: n! }),
  ],
  [
    new RegExp(`^hand over(?:\\s+${number})?\\s+to\\s+(.{1,60}?)$`, 'i'),
    ([, n, name = '']) => ({ do: 'hand-over', name, number: n ?? null }),
  ],
]

/** Reads it; null where it is nothing of the kind. */
export function readItemWords(text: string): ItemWords | null {
  const said = text
    .normalize('NFKC')
    .trim()
    .replace(/[.。!~]+$/u, '')
  for (const [pattern, read] of readings) {
    const match = pattern.exec(said)
    const words = match && read([...match])
    if (words) return words
  }
  return null
}

function delayed(when: string, given: string | undefined): ItemWords | null {
  const until = readDelay(when.trim().toLowerCase())
  return until && { do: 'put-off', number: given ?? null, until }
}

const figures: Record<string, number> = { 一: 1, 两: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 半: 0.5 }

function readDelay(when: string): (ItemWords & { do: 'put-off' })['until'] | null {
  const [, hours] = /^(\d{1,3}|[一两二三四五六半])\s*个?\s*(?:小时|h|hours?)(?:之?后)?$/.exec(when) ?? []
  if (hours !== undefined) return { hours: figures[hours] ?? Number(hours) }
  const [, minutes] = /^(\d{1,3})\s*(?:分钟|min|minutes?)(?:之?后)?$/.exec(when) ?? []
  if (minutes !== undefined) return { hours: Number(minutes) / 60 }
  if (/^(?:明天|明日|明早|tomorrow)$/.test(when)) return 'tomorrow'
  if (/^(?:下一?个?工作日|(?:the )?next working day)$/.test(when)) return 'working-day'
  return when === '' ? null : { day: when }
}
