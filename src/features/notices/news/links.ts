import { randomUUID } from 'node:crypto'
import { isLinkable } from '../../../chat/card.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import { onlyOrganisation } from '../../../people/only-organisation.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { mayMake } from '../access.ts'
import type { NoticeLink } from '../records.ts'

export const topics = ['strategy', 'news', 'showcase'] as const

/** Longer ones are no addresses that people read. */
const longestUrl = 1000
const longestTitle = 100
const mostKept = 200

export interface NewLink {
  organisation: string
  url: string
  title: string
  note: string
  topic: NoticeLink['topic']
}

/** The organisation for whose news somebody saves links. Throws PlainError where there is none, or it is not plain which. */
export async function newsOrganisation(db: Reads, person: string, now: Date): Promise<string> {
  const today = dayInChina(now)
  const own = await onlyOrganisation(db, person, 'notice.make', today)
  if (own) return own.id
  const actor = await actorOf(db, person, today)
  // Of several the first: who wants another uses the form.
  for (const { organisation } of actor.grants) {
    if (can(actor, 'notice.make', await placeOf(db, organisation))) return organisation
  }
  throw new PlainError('notices:not-for-you')
}

/** Keeps a link for the next news; the same again is nothing new. Throws PlainError where it is no http(s) address. */
export async function saveLink(
  trx: Trx,
  { organisation, url, title, note, topic }: NewLink,
  { by, now }: { by: string; now: Date },
): Promise<NoticeLink> {
  if (!(await mayMake(trx, by, { organisation }, now))) throw new PlainError('notices:not-for-you')
  // What has a space or a line end in it is read otherwise by each messenger.
  if (url.length > longestUrl || /\s/.test(url) || !isLinkable(url))
    throw new PlainError('notices:link.not-a-link')
  const kept = await keptLinks(trx, [organisation])
  const same = kept.find((one) => one.url === url)
  if (same) return same
  if (kept.length >= mostKept) throw new PlainError('notices:link.full', { most: mostKept })
  const shown = title.trim() === '' ? new URL(url).hostname : title.trim()
  const row: NoticeLink = {
    ...{ id: randomUUID(), organisation, url, title: Array.from(shown).slice(0, longestTitle).join('') },
    ...{ note, topic, state: 'kept', notice: null, saved_by: by, saved_at: now.toISOString() },
  }
  await trx.insertInto('notice_link').values(row).execute()
  return row
}

/** Links that no notice has brought yet, the first first. */
export async function keptLinks(db: Reads, organisations: readonly string[]): Promise<NoticeLink[]> {
  if (organisations.length === 0) return []
  return db
    .selectFrom('notice_link')
    .selectAll()
    .where('organisation', 'in', organisations)
    .where('state', '=', 'kept')
    .orderBy('saved_at')
    .orderBy('id')
    .execute()
}

/** A kept link of an organisation whose notices somebody makes. Throws PlainError where there is none. */
export async function linkToChange(db: Reads, id: string, person: string, now: Date): Promise<NoticeLink> {
  const row = await db
    .selectFrom('notice_link')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'kept')
    .executeTakeFirst()
  if (!row || !(await mayMake(db, person, row, now))) throw new PlainError('notices:link.gone')
  return row
}
