import type { RegistrationRow } from '../records.ts'
import { apply, offerFree } from './apply.ts'
import { carryOut, type OpenSeats } from './carry-out.ts'
import { waitingList } from './room.ts'
import type { Change, RegistrationState, SeatCommand, SeatRefusal } from './seats.ts'

/** One line of an event's history, as it is to be kept. */
export interface HistoryLine {
  registration: string | null
  change: string
  data: string
  by: string | null
}

/** The seats of an event while one transaction changes them, and all that it changed. */
export class SeatWork {
  readonly seats: OpenSeats
  /** Registrations that are known in full, as they are after what was done. */
  readonly rows = new Map<string, RegistrationRow>()
  readonly history: HistoryLine[] = []
  /** Whatever changed: how it stood before; null: it is new. */
  readonly before = new Map<string, RegistrationState | null>()
  /** Who did last what concerns a registration; null: the rules. */
  readonly by = new Map<string, string | null>()
  /** What whoever did it said about it, by registration. */
  readonly reasons = new Map<string, string>()
  readonly #at: string

  constructor(seats: OpenSeats, now: Date) {
    this.seats = seats
    this.#at = now.toISOString()
    // Whoever moved to an organisation with free seats of its own fits now, without anybody having left.
    for (const change of offerFree(seats)) this.#carryOut(change, null)
  }

  /** @param by a person; null: whoever has no account, or the rules. */
  run(command: SeatCommand, by: string | null): SeatRefusal | null {
    const result = apply(this.seats, command)
    if ('refused' in result) return result.refused
    const id = 'id' in command ? command.id : command.type === 'register' ? command.seat.id : null
    for (const change of result.changes) {
      // What follows for others from what somebody did is of the rules.
      const isOwn = id === null || ('id' in change && change.id === id) || change.type === 'registered'
      this.#carryOut(change, isOwn ? by : null)
    }
    return null
  }

  /** Keeps something that happened to a registration and moves no seats. */
  note(registration: string, change: string, data: object, by: string | null): void {
    const row = this.rows.get(registration)
    if (!row) throw new Error(`registration ${registration} is not at hand`)
    this.#touch(registration, row.state, by)
    row.changed_at = this.#at
    this.history.push({ registration, change, data: JSON.stringify(data), by })
  }

  /** A registration that is being made, or made anew; its command follows. */
  prepare(row: RegistrationRow): void {
    this.rows.set(row.id, row)
  }

  /** Brings rows that are known, among them those read just now, to what they are after all that was done. */
  finish(read: readonly RegistrationRow[]): RegistrationRow[] {
    for (const row of read) if (!this.rows.has(row.id)) this.rows.set(row.id, row)
    return [...this.before.keys()].map((id) => {
      const row = this.rows.get(id)
      if (!row) throw new Error(`registration ${id} is not at hand`)
      for (const change of this.#changes.get(id) ?? []) put(row, change)
      row.changed_at = this.#at
      return row
    })
  }

  /** Places on the waiting list, from 1. */
  positions(): Map<string, number> {
    return new Map(waitingList(this.seats).map(({ id }, index) => [id, index + 1]))
  }

  readonly #changes = new Map<string, Change[]>()

  #touch(id: string, from: RegistrationState | null, by: string | null): void {
    if (!this.before.has(id)) this.before.set(id, from)
    this.by.set(id, by)
  }

  #carryOut(change: Change, by: string | null): void {
    const id = change.type === 'registered' ? change.seat.id : 'id' in change ? change.id : null
    if (id !== null) {
      const from = change.type === 'registered' ? null : (this.seats.entries.get(id)?.state ?? null)
      this.#touch(id, from, by)
      this.#changes.set(id, [...(this.#changes.get(id) ?? []), change])
    }
    carryOut(this.seats, change)
    this.history.push({ registration: id, change: change.type, data: JSON.stringify(change), by })
  }
}

function put(row: RegistrationRow, change: Change): void {
  if (change.type === 'registered') {
    const { seq, state, pool, priority } = change.seat
    Object.assign(row, { seq, state, pool, priority, offer_until: null })
  } else if (change.type === 'moved') {
    Object.assign(row, { state: change.to, pool: change.pool, offer_until: null })
  } else if (change.type === 'resized') {
    Object.assign(row, { guests: change.seats - 1, pool: change.pool })
  }
}
