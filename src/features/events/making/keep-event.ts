import { randomBytes, randomUUID } from 'node:crypto'
import { nextNumber } from '../../../forms/receipt-number.ts'
import type { Trx } from '../../../store/store.ts'
import type { Audience, Event, EventRow, OwnQuestion, PriorityRule } from '../records.ts'
import { toEvent } from '../records.ts'

/** What the organisers say of an event; all of it checked. */
export interface EventDraft {
  /** Name of a kind. */
  kind: string
  title: string
  organisation: string
  organisers: string
  description: string
  place: string
  /** Empty: none. */
  link: string
  startsAt: Date
  endsAt: Date
  /** IANA name. */
  timeZone: string
  audience: Audience
  /** Null: as many as come. */
  capacity: number | null
  /** Seats kept for organisations, by id. */
  reserved: { organisation: string; seats: number }[]
  /** Null: since the publication. */
  opensAt: Date | null
  closesAt: Date
  cancelUntil: Date
  mode: EventRow['mode']
  mostGuests: number
  hasWaitingList: boolean
  /** Working hours for which a freed seat is offered. */
  offerHours: number
  priority: PriorityRule[]
  questions: OwnQuestion[]
  cost: string
  contacts: string
  materials: string
  /** Minutes before the beginning. */
  reminders: number[]
  online: boolean
  /** Learning hours for whoever was there; null: none. */
  hours: number | null
  /** An event of it; null: it stands alone. */
  series: string | null
  /** Takes its registrations; null: it does so itself. */
  registersWith: string | null
  copiedFrom: string | null
}

/** Adds an event as a draft, with its number, and the rows by which its seats are counted. */
export async function createEvent(
  trx: Trx,
  draft: EventDraft,
  { by, now }: { by: string; now: Date },
): Promise<Event> {
  const at = now.toISOString()
  const id = randomUUID()
  const row = await trx
    .insertInto('event_entry')
    .values({
      id,
      number: await nextNumber(trx, 'HD', now.getUTCFullYear()),
      ...columnsOf(draft),
      organisation: draft.organisation,
      series: draft.series,
      registers_with: draft.registersWith,
      copied_from: draft.copiedFrom,
      state: 'draft',
      reason: '',
      sequence: 0,
      arrangement: 0,
      secret: randomBytes(32).toString('base64url'),
      created_by: by,
      created_at: at,
      changed_at: at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await trx.insertInto('event_gate').values({ event: id }).execute()
  await trx
    .insertInto('event_seats')
    .values({ event: id, taken: 0, waiting: 0, requested: 0, revision: 0 })
    .execute()
  if (draft.reserved.length > 0) {
    await trx
      .insertInto('event_reserve')
      .values(draft.reserved.map((reserve) => ({ event: id, ...reserve })))
      .execute()
  }
  return toEvent(row)
}

/** What a draft says in the event's own columns. */
export function columnsOf(draft: EventDraft) {
  return {
    kind: draft.kind,
    title: draft.title,
    organisers: draft.organisers,
    description: draft.description,
    place: draft.place,
    link: draft.link,
    starts_at: draft.startsAt.toISOString(),
    ends_at: draft.endsAt.toISOString(),
    time_zone: draft.timeZone,
    audience: JSON.stringify(draft.audience),
    capacity: draft.capacity,
    opens_at: draft.opensAt?.toISOString() ?? null,
    closes_at: draft.closesAt.toISOString(),
    cancel_until: draft.cancelUntil.toISOString(),
    mode: draft.mode,
    most_guests: draft.mostGuests,
    has_waiting_list: draft.hasWaitingList ? (1 as const) : (0 as const),
    offer_hours: draft.offerHours,
    priority: JSON.stringify(draft.priority),
    questions: JSON.stringify(draft.questions),
    cost: draft.cost,
    contacts: draft.contacts,
    materials: draft.materials,
    reminders: JSON.stringify(draft.reminders),
    online: draft.online ? (1 as const) : (0 as const),
    hours: draft.hours,
  }
}
