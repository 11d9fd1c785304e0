import { randomUUID } from 'node:crypto'
import { IANAZone } from 'luxon'
import { nextNumber } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import { holdBlobs } from '../../../store/blob-use.ts'
import type { Trx } from '../../../store/store.ts'
import { isDay } from '../../../timers/calendar/day.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import type { ResourcesContext } from '../context.ts'
import { formatOpenHours, parseOpenHours } from '../open-hours.ts'
import type { ResourceRow } from '../records.ts'

/** A resource as somebody describes it; texts as typed. */
export interface ResourceDraft {
  /** Name of a kind. */
  kind: string
  title: string
  description: string
  /** Parted by 、 or the like. */
  subjects: string
  organisation: string
  /** A person's id; null: the cadres of the organisation answer. */
  owner: string | null
  place: string
  region: string
  share: ResourceRow['share']
  /** IANA name; empty: China's. */
  timeZone: string
  hours: string
  onWorkingDays: boolean
  /** Days as `2026-05-04`, parted by 、 or the like. */
  closed: string
  leadDays: number
  mostPeople: number
  mostADay: number | null
  together: number | null
  rules: string
  contact: string
}

/** Characters (UTF-16 units) of each text; forms, console and tables keep to the same. */
export const longest = {
  ...{ title: 60, description: 1000, subjects: 200, place: 100, region: 40, hours: 300 },
  ...{ closed: 2000, rules: 1000, contact: 100 },
} as const

/** What a number may be, from the least to the most. */
export const bounds = {
  leadDays: [0, 60],
  mostPeople: [1, 100_000],
  mostADay: [1, 100],
  together: [1, 100_000],
} as const
const mostClosedDays = 200
const mostSubjects = 20

/**
 * Takes a resource in, or puts what is said now in place of what stood (`known`, its id). Throws PlainError with what is
 * wrong, or where whoever enters it keeps no resources of the organisation.
 * @param by Null: at the command line, where everything may be done.
 */
export async function keepResource(
  trx: Trx,
  { kinds }: Pick<ResourcesContext, 'kinds'>,
  draft: ResourceDraft,
  { known, by, now }: { known: string | null; by: string | null; now: Date },
): Promise<ResourceRow> {
  const { kind, organisation } = draft
  if (kinds.byName(kind) === null) throw new PlainError('resources:wrong.kind')
  await mayKeep(trx, organisation, by, now)
  const said = { ...wordsOf(draft), ...figuresOf(draft), kind, organisation, owner: draft.owner }
  const closed = closedDaysOf(draft.closed)
  const at = now.toISOString()
  const row = known === null ? null : await rowOf(trx, known)
  // Nobody takes over what belongs to others by saying that it is theirs.
  if (row) await mayKeep(trx, row.organisation, by, now)
  const kept: ResourceRow = row
    ? { ...row, ...said, changed_at: at }
    : {
        ...{ id: randomUUID(), number: await nextNumber(trx, 'ZY', Number(dayInChina(now).slice(0, 4))) },
        ...{ ...said, photo: null, photo_type: '', state: 'open' },
        ...{ created_by: by, created_at: at, changed_at: at },
      }
  if (row) {
    await trx
      .updateTable('resource_entry')
      .set({ ...said, changed_at: at })
      .where('id', '=', row.id)
      .execute()
    await trx.deleteFrom('resource_closed_day').where('resource', '=', row.id).execute()
  } else {
    await trx.insertInto('resource_entry').values(kept).execute()
  }
  if (closed.length > 0) {
    const days = closed.map((day) => ({ resource: kept.id, day }))
    await trx.insertInto('resource_closed_day').values(days).execute()
  }
  return kept
}

/** Opens it, closes it for a time, or takes it out for good. Bookings that were made stay. */
export async function setResourceState(
  trx: Trx,
  id: string,
  state: ResourceRow['state'],
  { by, now }: { by: string | null; now: Date },
): Promise<void> {
  const { organisation } = await rowOf(trx, id)
  await mayKeep(trx, organisation, by, now)
  await trx
    .updateTable('resource_entry')
    .set({ state, changed_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
}

const photoTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']

/** Puts a photo in place of the one before. Throws PlainError where it is no picture that every browser shows. */
export async function setPhoto(
  trx: Trx,
  id: string,
  photo: { blob: string; type: string } | null,
  now: Date,
): Promise<void> {
  if (photo && !photoTypes.includes(photo.type)) throw new PlainError('resources:wrong.photo')
  await holdBlobs(trx, `resource ${id}`, photo ? [photo.blob] : [])
  await trx
    .updateTable('resource_entry')
    .set({ photo: photo?.blob ?? null, photo_type: photo?.type ?? '', changed_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
}

/** In which region an organisation lies, and all below it that say nothing else; empty: nothing is said. */
export async function setRegion(
  trx: Trx,
  organisation: string,
  region: string,
  { by, now }: { by: string | null; now: Date },
): Promise<void> {
  await mayKeep(trx, organisation, by, now)
  await trx.deleteFrom('resource_region').where('organisation', '=', organisation).execute()
  const named = lineOf(region).slice(0, longest.region)
  if (named !== '') await trx.insertInto('resource_region').values({ organisation, region: named }).execute()
}

async function mayKeep(trx: Trx, organisation: string, by: string | null, now: Date): Promise<void> {
  if (by === null) return
  const actor = await actorOf(trx, by, dayInChina(now))
  const isTheirs = can(actor, 'resource.edit', await placeOf(trx, organisation))
  if (!isTheirs) throw new PlainError('resources:refused.not-keeper')
}

async function rowOf(trx: Trx, id: string): Promise<ResourceRow> {
  const row = await trx.selectFrom('resource_entry').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new PlainError('resources:gone')
  return row
}

function wordsOf(draft: ResourceDraft) {
  const title = lineOf(draft.title)
  if (title === '') throw new PlainError('resources:wrong.title')
  const zone = draft.timeZone.trim() || defaultZone
  if (!IANAZone.isValidZone(zone)) throw new PlainError('resources:wrong.zone', { zone: zone.slice(0, 60) })
  const words = {
    ...{ title, place: lineOf(draft.place), region: lineOf(draft.region) },
    ...{ subjects: subjectsOf(draft.subjects), contact: lineOf(draft.contact) },
    ...{ description: draft.description.trim(), rules: draft.rules.trim() },
  }
  for (const [name, text] of Object.entries(words)) {
    const most = longest[name as keyof typeof words]
    if (text.length > most)
      throw new PlainError(`resources:wrong.too-long`, { most, text: text.slice(0, 20) })
  }
  if (draft.share === 'region' && words.region === '') throw new PlainError('resources:wrong.region')
  const hours = formatOpenHours(parseOpenHours(draft.hours))
  return { ...words, time_zone: zone, share: draft.share, hours }
}

function figuresOf(draft: ResourceDraft) {
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const value = draft[name as keyof typeof bounds]
    if (value !== null && !(Number.isInteger(value) && value >= least && value <= most))
      throw new PlainError('resources:wrong.figure', { least, most })
  }
  return {
    ...{ on_working_days: draft.onWorkingDays ? (1 as const) : (0 as const), lead_days: draft.leadDays },
    ...{ most_people: draft.mostPeople, most_a_day: draft.mostADay, together: draft.together },
  }
}

/** `机器人，焊接; 机器人` → `机器人、焊接`. */
function subjectsOf(typed: string): string {
  const subjects = typed
    .normalize('NFKC')
    .split(/[、,;/\n\t]+/)
    .map(lineOf)
    .filter((subject) => subject !== '')
  return [...new Set(subjects)].slice(0, mostSubjects).join('、')
}

function closedDaysOf(typed: string): string[] {
  const days = typed
    .normalize('NFKC')
    .split(/[、,;\s]+/)
    .filter((day) => day !== '')
    .map((day) => day.replaceAll(/[./]/g, '-').replaceAll(/(?<=-)(\d)(?=-|$)/g, '0$1'))
  const wrong = days.find((day) => !isDay(day))
  if (wrong !== undefined) throw new PlainError('resources:wrong.closed', { text: wrong.slice(0, 30) })
  if (days.length > mostClosedDays)
    throw new PlainError('resources:wrong.closed-many', { most: mostClosedDays })
  return [...new Set(days)].sort()
}

/** On one line, without what steers a screen. */
function lineOf(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+|\s+/gu, ' ')
    .trim()
}
