import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { IncomingFile } from '../../../chat/incoming.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import { holdBlobs } from '../../../store/blob-use.ts'
import type { Trx } from '../../../store/store.ts'
import type { Tables } from '../../../store/tables.ts'
import type { EventsContext } from '../context.ts'
import type { Event } from '../records.ts'

export type Material = Selectable<Tables['event_material']>

/** Slides, recordings, photos: more is an archive. */
const mostMaterials = 20
/** How long a link holds; whoever comes later opens their message anew or asks. */
const linkFor = 30 * 24 * 3600_000

/** Keeps files for those who are there, not sent yet. Throws PlainError where there would be too many. */
export async function addMaterials(
  trx: Trx,
  { row }: Pick<Event, 'row'>,
  files: readonly IncomingFile[],
  { by, now }: { by: string; now: Date },
): Promise<void> {
  const before = await materialsOf(trx, row.id)
  if (before.length + files.length > mostMaterials) {
    throw new PlainError('check-in:materials.too-many', { most: mostMaterials })
  }
  for (const { name, type, size, blob } of files) {
    const values = { id: randomUUID(), event: row.id, name, type, size, blob, by, at: now.toISOString() }
    await trx
      .insertInto('event_material')
      .values({ ...values, sent_at: null })
      .execute()
  }
  await hold(trx, row.id)
}

/** Takes a file away that was not sent yet; links to one that was still open it. False where there is none. */
export async function removeMaterial(trx: Trx, event: string, id: string): Promise<boolean> {
  const removed = await trx
    .deleteFrom('event_material')
    .where('event', '=', event)
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .executeTakeFirst()
  await hold(trx, event)
  return removed.numDeletedRows > 0n
}

async function hold(trx: Trx, event: string): Promise<void> {
  const blobs = (await materialsOf(trx, event)).map(({ blob }) => blob)
  await holdBlobs(trx, `event ${event}`, blobs)
}

/** All files of an event, first to last. */
export async function materialsOf(db: Pick<Reads, 'selectFrom'>, event: string): Promise<Material[]> {
  return db
    .selectFrom('event_material')
    .selectAll()
    .where('event', '=', event)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

/** Those that were sent. */
export async function sentMaterials(db: Pick<Reads, 'selectFrom'>, event: string): Promise<Material[]> {
  return (await materialsOf(db, event)).filter(({ sent_at }) => sent_at !== null)
}

export interface MaterialLink {
  name: string
  url: string
}

/** A link of one person's own for each file, signed and for a month. */
export function linksTo(
  context: EventsContext,
  event: Pick<Event, 'row'>,
  registration: string,
  materials: readonly Material[],
  now: Date,
): MaterialLink[] {
  const until = Math.floor((now.getTime() + linkFor) / 1000)
  return materials.map(({ id, name }) => {
    const mac = macOf(event, id, registration, until)
    return { name, url: `${context.publicUrl()}/c/m/${id}/${registration}/${until}.${mac}` }
  })
}

/**
 * The file of a link. Throws PlainError where the link is not ours, its time is over, or its person was not there after
 * all.
 */
export async function openMaterial(
  db: Reads,
  { id, registration, token }: { id: string; registration: string; token: string },
  now: Date,
): Promise<Material> {
  const refuse = () => new PlainError('check-in:materials.no-link')
  const row = await db
    .selectFrom('event_material as material')
    .innerJoin('event_entry as event', 'event.id', 'material.event')
    .innerJoin('event_check_in as there', 'there.event', 'event.id')
    .selectAll('material')
    .select('event.secret')
    .where('material.id', '=', id)
    .where('material.sent_at', 'is not', null)
    .where('there.registration', '=', registration)
    .executeTakeFirst()
  if (!row) throw refuse()
  const { secret, ...material } = row
  const [until = '', mac = ''] = token.split('.')
  const right = macOf({ row: { secret } }, id, registration, Number(until))
  const [one, other] = [Buffer.from(mac), Buffer.from(right)]
  if (one.length !== other.length || !timingSafeEqual(one, other)) throw refuse()
  if (Number(until) * 1000 < now.getTime()) throw new PlainError('check-in:materials.expired')
  return material
}

function macOf(
  { row: { secret } }: { row: Pick<Event['row'], 'secret'> },
  material: string,
  registration: string,
  until: number,
): string {
  return createHmac('sha256', secret)
    .update(`material 1 ${material} ${registration} ${until}`)
    .digest('base64url')
    .slice(0, 22)
}
