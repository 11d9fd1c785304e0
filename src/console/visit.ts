import type { Context } from 'hono'
import type { Language } from '../chat/language.ts'
import { dayInChina } from '../knowledge/library/day.ts'
import { PlainError } from '../messages/plain-error.ts'
import { actorOf } from '../people/actor.ts'
import { type Action, type Actor, can, type RecordPlace } from '../people/can.ts'
import type { Person, Reads } from '../people/people.ts'
import { type Say, sayIn } from './say.ts'

/** One request of somebody in the console: who, with which roles at this moment, in which language. */
export interface Visit {
  context: Context
  who: Person
  actor: Actor
  csrf: string
  language: Language
  say: Say
  now: Date
  /** The day in China. */
  today: string
  /** Whether tables can be pushed to where people work on them together. */
  hasOnlineTables: boolean
}

/** What the whole house's matters are held against: only roles in a root reach it. */
export const wholeHouse: RecordPlace = { path: [] }

/** The roles are read anew each time: a role that has ended opens nothing, however old the session is. */
export async function beginVisit(
  db: Reads,
  context: Context,
  given: Pick<Visit, 'who' | 'csrf' | 'language' | 'now' | 'hasOnlineTables'>,
): Promise<Visit> {
  const today = dayInChina(given.now)
  const actor = await actorOf(db, given.who.id, today)
  return { ...given, context, actor, say: sayIn(given.language), today }
}

/** Whether there is any organisation in which the actor may do it: which pages stand in the navigation. */
export function canSomewhere(actor: Actor, action: Action): boolean {
  return actor.grants.some(({ organisation }) => can(actor, action, { path: [organisation] }))
}

/** The id in the path of a page. Throws PlainError, a 404 page, for what can be none: no database is asked for it. */
export function idIn({ context }: Visit, name: string): string {
  const id = context.req.param(name) ?? ''
  if (!/^[\w-]{1,64}$/.test(id)) throw new PlainError('console:no-such-record')
  return id
}

/** Throws PlainError, a 403 page, where the visitor may do it nowhere. */
export function needs({ actor }: Visit, action: Action): void {
  if (!canSomewhere(actor, action)) throw new PlainError('console:not-allowed')
}
