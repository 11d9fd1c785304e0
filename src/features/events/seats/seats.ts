import type { RegistrationRow } from '../records.ts'

export type RegistrationState = RegistrationRow['state']

/** What of a registration matters for seats. */
export interface Seat {
  id: string
  /** Of the press by which it came about. */
  seq: number
  state: RegistrationState
  /** Greater goes first on the waiting list. */
  priority: number
  /** With the guests. */
  seats: number
  /** The organisations whose reserved seats it may take, the nearest first. */
  reserves: readonly string[]
  /** Whose it takes, while it holds any; empty: general ones. */
  pool: string
}

/** How the seats of an event stand. */
export interface Seats {
  /** Null: as many as come. */
  capacity: number | null
  /** Kept for organisations, by id. */
  reserved: ReadonlyMap<string, number>
  mode: 'first-come' | 'approval'
  hasWaitingList: boolean
  /** Cancelled, over, or begun: no seat is given any more. */
  closed: boolean
  /** Active registrations, by id. */
  entries: ReadonlyMap<string, Seat>
}

/** What somebody wants; checked before: window, audience, rights. */
export type SeatCommand =
  | { type: 'register'; seat: Omit<Seat, 'state' | 'pool'> }
  | { type: 'cancel'; id: string }
  | { type: 'accept'; id: string }
  /** The offered seat is not wanted. */
  | { type: 'decline'; id: string }
  | { type: 'expire'; id: string }
  | { type: 'approve'; id: string }
  | { type: 'refuse'; id: string }
  | { type: 'guests'; id: string; seats: number }
  | { type: 'capacity'; capacity: number | null; reserved: ReadonlyMap<string, number> }
  | { type: 'close' }

/** One thing that happened, as the history keeps it; replaying them gives the same seats. */
export type Change =
  | { type: 'registered'; seat: Seat }
  | { type: 'moved'; id: string; from: RegistrationState; to: RegistrationState; pool: string }
  | { type: 'resized'; id: string; seats: number; pool: string }
  | { type: 'capacity'; capacity: number | null; reserved: [string, number][] }
  | { type: 'closed' }

/** Why a command changes nothing. */
export type SeatRefusal =
  | 'already'
  | 'full'
  | 'closed'
  | 'not-registered'
  | 'not-offered'
  | 'not-requested'
  | 'too-many-seats'
  | 'below-taken'

export type SeatResult = { changes: Change[] } | { refused: SeatRefusal }
