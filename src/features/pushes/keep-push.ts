import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Account } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Reads } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

export type Push = Selectable<Tables['push']>

export interface NewPush {
  source: string
  record: string
  person: string
  title: string
  /** Who is told, and with whom the base is shared where the bot makes it. */
  account: Account
  language: Language
  /** A base that the person gives; null: the one that was used before, or a new one. */
  given: { base: string; url: string } | null
}

/** Asks for a push from `now` on: the first of a table, or that of one that was pushed before. */
export async function askPush(trx: Trx, asked: NewPush, now: Date): Promise<Push> {
  const { given, account, ...push } = asked
  const told = JSON.stringify(account)
  const due = { state: 'waiting' as const, problem: '', attempts: 0, due_at: now.toISOString() }
  const before = await trx
    .selectFrom('push')
    .selectAll()
    .where('person', '=', push.person)
    .where('source', '=', push.source)
    .where('record', '=', push.record)
    .executeTakeFirst()
  if (!before) {
    const made = given
      ? { base: given.base, url: given.url, given: 1 as const }
      : { base: '', url: '', given: 0 as const }
    return trx
      .insertInto('push')
      .values({
        ...{ id: randomUUID(), ...push, ...made, ...due, account: told },
        ...{ spare: '', shared: 0, daily: 0, asked: 1, told: 0, leased_until: null, pushed_at: null },
      })
      .returningAll()
      .executeTakeFirstOrThrow()
  }
  if (given && given.base !== before.base) await leaveBase(trx, before.id, given)
  return trx
    .updateTable('push')
    .set((set) => ({
      ...{ ...due, title: push.title, account: told, language: push.language },
      asked: set('asked', '+', 1),
    }))
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Turns to another base, or with null to a new one: what was written into the old one stays there as it is. */
export async function leaveBase(
  trx: Trx,
  id: string,
  given: { base: string; url: string } | null,
): Promise<void> {
  await trx.deleteFrom('push_row').where('push', '=', id).execute()
  await trx.deleteFrom('push_sheet').where('push', '=', id).execute()
  await trx
    .updateTable('push')
    .set({
      ...{ base: given?.base ?? '', url: given?.url ?? '', given: given ? 1 : 0 },
      ...{ spare: '', shared: 0, leased_until: null },
    })
    .where('id', '=', id)
    .execute()
}

/** What a person pushes, the latest first. */
export function pushesOf(db: Reads, person: string): Promise<Push[]> {
  return db
    .selectFrom('push')
    .selectAll()
    .where('person', '=', person)
    .orderBy('due_at', 'desc')
    .orderBy('id')
    .limit(20)
    .execute()
}

/** A push of a person's own; undefined: there is none. */
export function pushOf(db: Reads, id: string, person: string): Promise<Push | undefined> {
  return db
    .selectFrom('push')
    .selectAll()
    .where('id', '=', id)
    .where('person', '=', person)
    .executeTakeFirst()
}

/** Turns the push at night on or off. */
export async function setDaily(
  trx: Trx,
  { id, state }: Pick<Push, 'id' | 'state'>,
  daily: boolean,
  now: Date,
): Promise<Push> {
  const night = daily && state === 'done' ? { state: 'waiting' as const, due_at: nextNight(now) } : {}
  return trx
    .updateTable('push')
    .set({ daily: daily ? 1 : 0, ...night })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Half past two of the next night in China: after that day's work, before the next one's. */
export function nextNight(now: Date): string {
  const inChina = new Date(now.getTime() + 8 * 3_600_000)
  const [year, month, day] = [inChina.getUTCFullYear(), inChina.getUTCMonth(), inChina.getUTCDate()]
  const at = Date.UTC(year, month, day, 2, 30) - 8 * 3_600_000
  return new Date(at > now.getTime() ? at : at + 86_400_000).toISOString()
}
