import { isLinkable } from '../../../chat/card.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import type { EventDraft } from './keep-event.ts'
import { plainLine } from './plain-line.ts'
import { mostQuestions, problemOfQuestion } from './read-questions.ts'
import { problemOfReminders } from './read-reminders.ts'

export type DraftField = keyof EventDraft

/** What the checks hang on beside the draft. */
export interface DraftCheck {
  now: Date
  /** Of its kind; null: no ceiling. */
  mostSeats: number | null
  /** As it was when it was published or last changed; null: it is new. What has begun may stay begun. */
  startedAt: Date | null
}

/** Characters, at most. */
export const longestTexts = {
  ...{ title: 100, organisers: 200, description: 5000, place: 200, link: 500 },
  ...{ cost: 500, contacts: 200, materials: 2000 },
} as const satisfies Partial<Record<DraftField, number>>

/** Numbers that have bounds; all of them whole but hours. */
export const bounds = {
  ...{ capacity: [1, 100_000], mostGuests: [0, 20], offerHours: [1, 80], hours: [0.5, 100] },
} as const satisfies Partial<Record<DraftField, readonly [number, number]>>

const day = 86_400_000
/** No event lasts longer, and none is planned farther ahead, in days: what goes beyond is a slip of the pen. */
const limits = { lasts: 366, ahead: 3 * 366 }

/** What is wrong with an event as its organisers want it, by field, the first of each field; empty: nothing. */
export function problemsOf(draft: EventDraft, check: DraftCheck): Map<DraftField, Problem> {
  const found = new Map<DraftField, Problem>()
  const refuse = (field: DraftField, key: string, values: Problem['values'] = {}) => {
    if (!found.has(field)) found.set(field, { key: `making:problem.${key}`, values })
  }
  if (plainLine(draft.title) === '') refuse('title', 'title')
  for (const [field, most] of Object.entries(longestTexts) as [keyof typeof longestTexts, number][]) {
    const count = [...draft[field]].length
    if (count > most) found.set(field, { key: 'forms:problem.too-long', values: { most, count } })
  }
  for (const [field, [least, most]] of Object.entries(bounds) as [keyof typeof bounds, [number, number]][]) {
    const value = draft[field]
    if (value === null) continue
    const isWhole = Number.isInteger(value) || field === 'hours'
    if (!isWhole || !(value >= least && value <= most)) {
      refuse(field, field === 'hours' ? 'number-range' : 'whole-range', { least, most })
    }
  }
  if (draft.link !== '' && !isLinkable(draft.link)) refuse('link', 'link')
  timesOf(draft, check, refuse)
  seatsOf(draft, check, refuse)
  const reminders = problemOfReminders(draft.reminders)
  if (reminders) found.set('reminders', reminders)
  if (draft.questions.length > mostQuestions) refuse('questions', 'questions-many', { most: mostQuestions })
  for (const question of draft.questions) {
    const problem = problemOfQuestion(question)
    if (problem && !found.has('questions')) found.set('questions', problem)
  }
  return found
}

type Refuse = (field: DraftField, key: string, values?: Problem['values']) => void

function timesOf(draft: EventDraft, { now, startedAt }: DraftCheck, refuse: Refuse): void {
  const { startsAt, endsAt, opensAt, closesAt, cancelUntil } = draft
  const isMoved = startedAt?.getTime() !== startsAt.getTime()
  if (isMoved && startsAt <= now) refuse('startsAt', 'past')
  if (startsAt.getTime() - now.getTime() > limits.ahead * day) refuse('startsAt', 'too-far')
  if (endsAt <= startsAt) refuse('endsAt', 'ends-before')
  else if (endsAt <= now) refuse('endsAt', 'past')
  else if (endsAt.getTime() - startsAt.getTime() > limits.lasts * day) refuse('endsAt', 'too-long')
  // Of an end that is wrong nothing else is said to be too late.
  const isSpan = endsAt > startsAt
  if (isSpan && closesAt > endsAt) refuse('closesAt', 'closes-after')
  if (startedAt === null && closesAt <= now && startsAt > now) refuse('closesAt', 'closes-past')
  if (opensAt !== null && opensAt >= closesAt) refuse('opensAt', 'opens-after')
  if (isSpan && cancelUntil > endsAt) refuse('cancelUntil', 'cancel-after')
}

function seatsOf({ capacity, reserved }: EventDraft, { mostSeats }: DraftCheck, refuse: Refuse): void {
  if (mostSeats !== null && (capacity === null || capacity > mostSeats)) {
    refuse('capacity', 'kind-most', { most: mostSeats })
  }
  const kept = reserved.reduce((sum, { seats }) => sum + seats, 0)
  if (reserved.some(({ seats }) => !Number.isInteger(seats) || seats < 1))
    refuse('reserved', 'reserved-number')
  if (new Set(reserved.map(({ organisation }) => organisation)).size < reserved.length) {
    refuse('reserved', 'reserved-twice')
  }
  if (kept > 0 && capacity === null) refuse('reserved', 'reserved-unlimited')
  else if (capacity !== null && kept > capacity) refuse('reserved', 'reserved-many', { kept, capacity })
}
