import { z } from 'zod'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event, RegistrationRow } from '../records.ts'
import { type CheckInAnswer, type CheckInRefusal, checkIn, checkInOf, undoCheckIn } from './attend.ts'
import { type Judged, judgeCode } from './judge-code.ts'
import { nameOf } from './names.ts'
import { readRegistration } from './registrations.ts'
import { readToken } from './signed-list.ts'

/** What a phone sends at once; it sends the rest after that. */
export const mostEntries = 200
/** A list is a little older than its own time says where a clock was set between. */
const slack = 60_000
/** Longer than any code of ours. */
const longestCode = 200

const noted = z.object({
  /** The phone's own, by which it finds the answer. */
  id: z.string().min(1).max(64),
  // As scanned or typed, whatever somebody holds before the camera: what is no code must not hold up all that waits with it.
  code: z
    .string()
    .transform((text) => text.slice(0, longestCode))
    .optional(),
  /** Ticked in the list. */
  registration: z
    .string()
    .transform((id) => (/^[\w-]{1,64}$/.test(id) ? id : ''))
    .optional(),
  undo: z.boolean().optional(),
  at: z.iso.datetime(),
})

const notedList = z.array(noted).max(mostEntries)

/** What an organiser's phone noted, online or not. */
export type NotedEntry = z.infer<typeof noted>

/** What became of it. */
export interface NotedAnswer {
  id: string
  result: 'checked-in' | 'already' | 'taken-back' | 'not-there' | Refused
  /** Whom it is about; empty: nobody. */
  registration: string
  name: string
  /** Since when they are there, as an ISO text; empty: they are not. */
  at: string
  /** Of the event that the code belongs to. */
  title: string
}

type Refused = CheckInRefusal | Exclude<Judged['type'], 'registration'> | 'too-old' | 'list-expired'

/** Reads what a phone sent. Throws PlainError where no page of ours sends that. */
export function readEntries(text: string): NotedEntry[] {
  const read = notedList.safeParse(jsonOf(text))
  if (!read.success) throw new PlainError('check-in:refused.entries')
  return read.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Carries out what a phone noted, in its order; the same again changes nothing and gets the same answers.
 * @param token of the list with which it was noted (`CheckInList.token`). Throws PlainError where it does not hold.
 */
export async function catchUp(
  trx: Trx,
  context: EventsContext,
  event: Event,
  { entries, token, person, now }: { entries: NotedEntry[]; token: string; person: string; now: Date },
): Promise<NotedAnswer[]> {
  const list = readToken(event, token, person)
  const answers: NotedAnswer[] = []
  for (const entry of entries) {
    // A clock that is ahead moves nobody into the future.
    const at = new Date(Math.min(Date.parse(entry.at), now.getTime()))
    const late = at.getTime() < list.issuedAt.getTime() - slack ? 'too-old' : null
    const refused = late ?? (at > list.expiresAt ? 'list-expired' : null)
    answers.push(
      refused
        ? { ...nobody, id: entry.id, result: refused }
        : { ...(await carryOut(trx, context, event, { entry, person, at, now })), id: entry.id },
    )
  }
  return answers
}

const nobody = { registration: '', name: '', at: '', title: '' }

async function carryOut(
  trx: Trx,
  context: EventsContext,
  event: Event,
  { entry, person, at, now }: { entry: NotedEntry; person: string; at: Date; now: Date },
): Promise<Omit<NotedAnswer, 'id'>> {
  let registration: RegistrationRow | null = null
  if (entry.code === undefined) {
    registration = await readRegistration(trx, event, entry.registration ?? '')
  } else {
    const judged = await judgeCode(trx, event, entry.code, at)
    if (judged.type !== 'registration') {
      return { ...nobody, result: judged.type, title: judged.type === 'foreign' ? judged.title : '' }
    }
    registration = judged.registration
  }
  if (!registration) return { ...nobody, result: 'not-registered' }
  const whom = { ...nobody, registration: registration.id, name: await nameOf(trx, context, registration) }
  if (entry.undo === true) {
    const isUndone = await undoCheckIn(trx, context, event, registration, { by: person, at, now })
    const still = isUndone ? null : await checkInOf(trx, event.row.id, registration.id)
    return { ...whom, result: isUndone ? 'taken-back' : 'not-there', at: still?.at ?? '' }
  }
  const how = entry.code === undefined ? 'by-hand' : 'personal-code'
  const answer = await checkIn(trx, context, event, registration, { how, by: person, at, now })
  if (answer.type === 'refused') return { ...whom, result: answer.reason }
  return { ...whom, result: resultOf(answer, at), at: answer.at.toISOString() }
}

/** What this very request has done before is told as the first time. */
function resultOf(answer: Exclude<CheckInAnswer, { type: 'refused' }>, at: Date): 'checked-in' | 'already' {
  return answer.at.getTime() === at.getTime() ? 'checked-in' : answer.type
}
