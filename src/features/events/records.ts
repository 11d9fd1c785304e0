import type { Selectable } from 'kysely'
import type { Reads } from '../../people/people.ts'
import type { Role } from '../../people/roles.ts'
import type { Tables } from '../../store/tables.ts'

export type EventRow = Selectable<Tables['event_entry']>
export type RegistrationRow = Selectable<Tables['event_registration']>

/** Who may see an event and register for it. */
export interface Audience {
  /** Organisations and all below them; empty: everybody of the house. */
  organisations: string[]
  /** Only who holds one of these there; empty: whatever they hold. */
  roles: Role[]
  /** Anybody may register, by a web form or as a guest in chat. */
  public: boolean
}

/** Who goes first on the waiting list: all rules that fit add up. */
export interface PriorityRule {
  /** Of this organisation or one below it; absent: of any. */
  organisation?: string
  /** Holding this role; absent: any. */
  role?: Role
  points: number
}

/** What an event asks whoever registers. */
export interface OwnQuestion {
  /** Unique within the event: `[a-z][a-z0-9_]*`. */
  name: string
  label: string
  type: 'text' | 'long-text' | 'number' | 'select' | 'multi-select' | 'checkbox' | 'date'
  required: boolean
  options: string[]
}

/** An event with its texts read. */
export interface Event {
  row: EventRow
  audience: Audience
  priority: PriorityRule[]
  questions: OwnQuestion[]
  /** Minutes before the beginning. */
  reminders: number[]
}

export function toEvent(row: EventRow): Event {
  return {
    row,
    audience: JSON.parse(row.audience) as Audience,
    priority: JSON.parse(row.priority) as PriorityRule[],
    questions: JSON.parse(row.questions) as OwnQuestion[],
    reminders: JSON.parse(row.reminders) as number[],
  }
}

/** The event by id or number (`HD-2026-0007`, in any case); null where there is none. */
export async function findEvent(db: Reads, idOrNumber: string): Promise<Event | null> {
  const row = await db
    .selectFrom('event_entry')
    .selectAll()
    .where((where) =>
      where.or([where('id', '=', idOrNumber), where('number', '=', idOrNumber.toUpperCase())]),
    )
    .executeTakeFirst()
  return row ? toEvent(row) : null
}

/** The event that takes its registrations: itself, or the lead of a series that shares them. */
export function registersWith({ row }: { row: Pick<EventRow, 'id' | 'registers_with'> }): string {
  return row.registers_with ?? row.id
}

/** States in which somebody comes or may come yet. */
export const activeStates = [
  'requested',
  'confirmed',
  'waiting',
  'offered',
] as const satisfies RegistrationRow['state'][]

export function isActive({ state }: Pick<RegistrationRow, 'state'>): boolean {
  return (activeStates as readonly string[]).includes(state)
}
