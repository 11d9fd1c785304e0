import { randomUUID } from 'node:crypto'
import { accountKey } from '../../../chat/keys.ts'
import type { Trx } from '../../../store/store.ts'
import type { Event, RegistrationRow } from '../records.ts'
import { partIn, refusedByForm, refusedByTime } from '../seats/eligible.ts'
import type { Outcome, Refusal } from '../seats/outcome.ts'
import type { SeatWork } from '../seats/seat-work.ts'
import type { SeatCommand } from '../seats/seats.ts'
import { type ActingAs, actingAs } from './may-act.ts'
import type { Deed, Press } from './press.ts'
import type { Registrants } from './registrants.ts'

/** A press that was accepted, with its place. */
export interface Accepted {
  seq: number
  key: string
  press: Press
  acceptedAt: Date
}

/** What presses of one event are decided by. */
export interface Ground {
  trx: Trx
  event: Event
  /** The event's organisation, then all above it. */
  path: readonly string[]
  work: SeatWork
  registrants: Registrants
  now: Date
}

/** Carries out one press on the seats. Places on the waiting list are known only when all of them are settled. */
export async function decide(ground: Ground, accepted: Accepted): Promise<Outcome> {
  const { trx, event, registrants, now } = ground
  const { press } = accepted
  const as = await actingAs(trx, event, press, registrants, now)
  if (as === 'nobody') return refuse('not-allowed')
  if (press.deed.type === 'register') return register(ground, accepted, press.deed)
  const row = registrants.find(press.who)
  if (!row || !ground.work.seats.entries.has(row.id)) return refuse('not-registered')
  ground.work.prepare(row)
  const reason = change(ground, accepted, row, press.deed, as)
  return reason === null ? done(ground.work, row.id) : refuse(reason, standing(ground.work, row.id))
}

function register(
  { event, path, work, registrants, now }: Ground,
  { seq, press, acceptedAt }: Accepted,
  deed: Extract<Deed, { type: 'register' }>,
): Outcome {
  const { who } = press
  const before = registrants.find(who)
  if (before && work.seats.entries.has(before.id)) return refuse('already', standing(work, before.id))
  const person =
    who.type === 'person' ? who.person : who.type === 'account' ? registrants.personOf(who.account) : null
  const standings = registrants.standings.get(person ?? '') ?? null
  const part = partIn(event, standings, path, new Set(work.seats.reserved.keys()))
  const refusal =
    refusedByTime(event, acceptedAt) ?? ('reason' in part ? part : null) ?? refusedByForm(event, deed)
  if (refusal) return { type: 'refused', ...refusal }
  if ('reason' in part) return { type: 'refused', ...part }
  const at = now.toISOString()
  const by = press.by.person ?? (press.by.account && registrants.personOf(press.by.account))
  const row: RegistrationRow = {
    id: before?.id ?? (who.type === 'public' ? who.registration : randomUUID()),
    event: event.row.id,
    seq,
    person: standings?.person ?? null,
    account:
      before?.account ?? (who.type === 'account' && standings === null ? accountKey(who.account) : null),
    organisation: part.organisation,
    name: standings?.name ?? (who.type === 'account' ? who.name || registrants.nameOf(who.account) : ''),
    contact: who.type === 'public' ? who.contact : null,
    state: 'waiting',
    pool: '',
    guests: deed.guests,
    answers: JSON.stringify(deed.answers ?? {}),
    priority: part.priority,
    team: press.team,
    registered_by: by !== null && by !== person ? by : null,
    offer_until: null,
    arrangement: event.row.arrangement,
    asked_to_leave_at: null,
    receipt_hash: who.type === 'public' ? who.receiptHash : null,
    language: press.language,
    created_at: at,
    changed_at: at,
  }
  const { id, priority } = row
  const seat = { id, seq, priority, seats: 1 + deed.guests, reserves: part.reserves }
  const reason = work.run({ type: 'register', seat }, by)
  if (reason !== null) return refuse(reason)
  work.prepare(row)
  registrants.add(row)
  return done(work, id)
}

/** What a person does about the registration that they have. */
function change(
  { event, work, registrants }: Ground,
  { press: { by }, acceptedAt }: Accepted,
  row: RegistrationRow,
  deed: Exclude<Deed, { type: 'register' }>,
  as: ActingAs,
): Refusal | null {
  const { id } = row
  const who = by.person ?? (by.account && registrants.personOf(by.account))
  const run = (command: SeatCommand) => work.run(command, who)
  const moment = acceptedAt.toISOString()
  switch (deed.type) {
    case 'cancel': {
      // Whoever only waits may leave at any time: no seat stays empty.
      const holdsSeat = work.seats.entries.get(id)?.state === 'confirmed'
      if (holdsSeat && as !== 'organiser' && event.row.cancel_until <= moment) return 'past-cancelling'
      return run({ type: 'cancel', id })
    }
    case 'accept-offer':
      // The timer that ends the offer may come a moment later.
      if (row.offer_until !== null && row.offer_until <= moment) return 'not-offered'
      // Who waited was told of each change, and says now that they come: they need not say so again.
      if (event.row.changed_at < moment) row.arrangement = event.row.arrangement
      return run({ type: 'accept', id })
    case 'decline-offer':
      return run({ type: 'decline', id })
    case 'confirm-again':
      row.arrangement = event.row.arrangement
      work.note(id, 'confirmed-again', { arrangement: row.arrangement }, who)
      return null
    case 'ask-to-leave':
      row.asked_to_leave_at ??= moment
      work.note(id, 'asked-to-leave', { reason: deed.reason }, who)
      work.reasons.set(id, deed.reason)
      return null
  }
}

function done(work: SeatWork, id: string): Outcome {
  const state = work.seats.entries.get(id)?.state ?? 'cancelled'
  return { type: 'done', registration: id, state, position: null }
}

/** How somebody stands already, for whoever reads why nothing changed. */
function standing(work: SeatWork, id: string): Record<string, string> {
  const state = work.seats.entries.get(id)?.state
  return state === undefined ? {} : { registration: id, state }
}

function refuse(reason: Refusal, values: Record<string, string> = {}): Outcome {
  return { type: 'refused', reason, values }
}
