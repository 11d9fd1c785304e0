import { randomBytes, randomUUID } from 'node:crypto'
import type { Account } from '../../../chat/incoming.ts'
import type { Language } from '../../../chat/language.ts'
import { enqueueEdit } from '../../../delivery/outbox.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { checkName } from '../../../people/people.ts'
import { contentHash } from '../../../store/content-hash.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { EventsContext } from '../context.ts'
import { withSeats } from '../lists/seat-figures.ts'
import { acceptPresses, type NewPress } from '../presses/accept.ts'
import type { Press, Registrant } from '../presses/press.ts'
import { type Event, findEvent } from '../records.ts'
import type { Outcome } from '../seats/outcome.ts'
import { openContact, sealContact } from './contact.ts'
import { sealTeam } from './sealed-cards.ts'
import { teamCard } from './team-card.ts'

/** People whom one press registers. */
export const mostInTeam = 50

/** How soon it is looked again whether all of a team are settled. Milliseconds. */
const soon = 2000

export interface Team {
  team: string
  /** That takes the registrations. */
  event: Event
  /** Persons. */
  people: readonly string[]
  /** Of people whom the house does not know, for events that are open to the public. */
  names: readonly string[]
  answers: Record<string, unknown>
  /** Nobody is registered unless all find a seat at once. */
  allOrNone: boolean
  by: { account: Account; person: string }
  language: Language
  /** The outbox's id of the card that is to show what became of all. */
  reply: string
  now: Date
}

/** Names that were typed, one on a line. Throws PlainError where one is none. */
export function namesIn(typed: unknown): string[] {
  if (typeof typed !== 'string') return []
  const lines = typed.split(/[\n、,，;；]/).map((line) => line.trim())
  return [...new Set(lines.filter((line) => line !== '').map(checkName))]
}

/**
 * Registers people together, in the order given; `team` is the same at every try. Throws PlainError where all were wanted
 * and not all find a seat.
 */
export async function registerTeam(trx: Trx, context: EventsContext, given: Team): Promise<void> {
  const { team, event, people, names, answers, by, language, reply, now } = given
  const strangers: Registrant[] = []
  for (const name of names) {
    const registration = randomUUID()
    const contact = await sealContact(trx, context, registration, { name, unit: '', telephone: '' })
    // They have no code: whoever registered them answers for them.
    strangers.push({
      type: 'public',
      registration,
      contact,
      receiptHash: contentHash(randomBytes(32).toString('hex')),
    })
  }
  const registrants: Registrant[] = [
    ...people.map((person): Registrant => ({ type: 'person', person })),
    ...strangers,
  ]
  const deed = { type: 'register' as const, guests: 0, answers }
  const presses = registrants.map((who, at): NewPress => {
    const press = { deed, who, by, team, language, reply: null }
    return { key: keyOf(team, at), event: event.row.id, press }
  })
  await acceptPresses(trx, presses, now)
  if (given.allOrNone) await needsSeats(trx, event, team, registrants.length)
  await setTimer(trx, {
    ...{ id: `event team ${team}`, kind: 'events.team-result', now, at: now },
    payload: { team, event: event.row.id, reply, language },
  })
}

/**
 * While the gate is held by this transaction nobody's press comes between: where none waits before the team's and there are
 * seats for all, all of them find one. Throws PlainError else.
 */
async function needsSeats(trx: Trx, event: Event, team: string, wanted: number): Promise<void> {
  if (event.row.mode === 'approval') return
  const waiting = await trx
    .selectFrom('event_press')
    .select('key')
    .where('event', '=', event.row.id)
    .where('state', '=', 'waiting')
    .orderBy('seq')
    .executeTakeFirst()
  if (waiting && !waiting.key.startsWith(`team ${team} `)) throw new PlainError('registration:others.busy')
  const [seats] = await withSeats(trx, [event])
  if (!seats || event.row.capacity === null) return
  const left = seats.seats.waiting > 0 ? 0 : event.row.capacity - seats.seats.taken - seats.seats.reservedLeft
  if (left < wanted) throw new PlainError('registration:others.too-few', { left: Math.max(0, left), wanted })
}

/** Numbered so that the keys of a team come one after another. */
function keyOf(team: string, at: number): string {
  return `team ${team} ${String(at).padStart(2, '0')}`
}

/** Shows whoever registered a team what became of each, once all are settled. */
export function teamTimers(context: EventsContext): Record<string, TimerHandler> {
  return {
    async 'events.team-result'(trx, { team = '', event: id = '', reply = '', language = '' }, now) {
      const event = await findEvent(trx, id)
      if (!event) return
      const rows = await trx
        .selectFrom('event_press')
        .select(['key', 'press', 'outcome'])
        .where('key', '>', `team ${team} `)
        .where('key', '<', `team ${team}!`)
        .orderBy('key')
        .execute()
      if (rows.some(({ outcome }) => outcome === null)) {
        const payload = { team, event: id, reply, language }
        const at = new Date(now.getTime() + soon)
        await setTimer(trx, { id: `event team ${team}`, kind: 'events.team-result', payload, at, now })
        return
      }
      const results = []
      let isOfPublic = false
      for (const row of rows) {
        const { who } = JSON.parse(row.press) as Press
        const outcome = JSON.parse(row.outcome ?? 'null') as Outcome
        results.push({ name: await nameOf(trx, context, who), outcome })
        isOfPublic ||= who.type === 'public'
      }
      const reading = language === 'en' ? 'en' : 'zh-CN'
      const card = teamCard(event, results, reading, now)
      const kept = isOfPublic ? await sealTeam(trx, context, team, card, reading) : card
      await enqueueEdit(trx, { of: reply, card: kept, now })
    },
  }
}

async function nameOf(trx: Trx, context: EventsContext, who: Registrant): Promise<string> {
  if (who.type === 'account') return who.name
  if (who.type === 'public') {
    const kept = { id: who.registration, contact: who.contact }
    return (await openContact(trx, context, kept))?.name ?? ''
  }
  const row = await trx.selectFrom('person').select('name').where('id', '=', who.person).executeTakeFirst()
  return row?.name ?? ''
}
