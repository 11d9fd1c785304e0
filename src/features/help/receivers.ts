import type { Language } from '../../chat/language.ts'
import { enqueue, enqueueEdit } from '../../delivery/outbox.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import { zoneOf } from '../../people/directory.ts'
import { isInForce, toMembership } from '../../people/memberships.ts'
import type { Reads } from '../../people/people.ts'
import { readerOf } from '../../people/readers.ts'
import { lineOf, mostReceivers, nextStop } from '../../people/route.ts'
import type { Trx } from '../../store/store.ts'
import { isOnLeave } from '../../timers/calendar/leave.ts'
import { readGivenAnswer } from '../policy/port.ts'
import { type ClauseName, type Library, openFor } from './cited-clause.ts'
import {
  handedOverCard,
  numberedState,
  type Occasion,
  requestCard,
  settledCard,
  textCard,
} from './help-cards.ts'
import {
  factsOf,
  type HelpRequest,
  languageOfPerson,
  mayBeAsked,
  type Named,
  named,
  ownId,
} from './requests.ts'

/** The clause that the bot named to the asker as the nearest. */
export async function nearestClause(
  db: Pick<Trx, 'selectFrom'>,
  request: HelpRequest,
): Promise<ClauseName | null> {
  return request.answer === null ? null : ((await readGivenAnswer(db, request.answer))?.clause ?? null)
}

/** Puts a question to people: it is theirs, and whoever can be reached gets a card. */
export async function putTo(
  trx: Trx,
  library: Library,
  request: HelpRequest,
  people: readonly string[],
  occasion: Occasion,
  now: Date,
): Promise<void> {
  const facts = await factsOf(trx, request)
  const clause = await nearestClause(trx, request)
  for (const person of people) {
    const to = await addressOf(trx, person)
    const nearest = openFor(library, clause, [await readerOf(trx, person, dayInChina(now))])
    const theirs = { ...facts, zone: await zoneOf(trx, person) }
    const card = requestCard(theirs, nearest, occasion, await languageOfPerson(trx, person))
    const id = ownId(request.id, request.round, person)
    const message = to ? await enqueue(trx, { id, to, card, lane: 'confirmation', now }) : null
    const row = { round: request.round, active: 1, message } as const
    await trx
      .insertInto('help_receiver')
      .values({ request: request.id, person, ...row })
      .onConflict((conflict) => conflict.columns(['request', 'person']).doUpdateSet(row))
      .execute()
  }
}

/** A person who has the question. */
interface Receiver {
  person: string
  /** The outbox's id of their card. */
  message: string | null
  /** They hold an office that answers questions today: whoever has left it is shown nothing any more. */
  inOffice: boolean
}

/** Those who have the question now. */
export async function activeReceivers(trx: Trx, request: HelpRequest, now: Date): Promise<Receiver[]> {
  const rows = await trx
    .selectFrom('help_receiver')
    .select(['person', 'message'])
    .where('request', '=', request.id)
    .where('active', '=', 1)
    .orderBy('person')
    .execute()
  const receivers: Receiver[] = []
  for (const row of rows) {
    receivers.push({ ...row, inOffice: await mayBeAsked(trx, row.person, request, dayInChina(now)) })
  }
  return receivers
}

/** What became of the question stands on the cards of all who had it. */
export async function settleCards(trx: Trx, request: HelpRequest, now: Date): Promise<void> {
  const facts = await factsOf(trx, request)
  for (const { person, message, inOffice } of await activeReceivers(trx, request, now)) {
    if (message === null) continue
    const language = await languageOfPerson(trx, person)
    const theirs = { ...facts, zone: await zoneOf(trx, person) }
    const card = inOffice ? settledCard(theirs, language) : textCard(numberedState(request, language))
    await enqueueEdit(trx, { of: message, card, now })
  }
}

/** Takes the question from those who have it; their cards say who has it now, and no longer what was asked. */
export async function takeFromAll(
  trx: Trx,
  request: HelpRequest,
  { from, to, now }: { from: string; to: string; now: Date },
): Promise<void> {
  for (const { person, message } of await activeReceivers(trx, request, now)) {
    if (message === null) continue
    const card = handedOverCard(request.number, from, to, await languageOfPerson(trx, person))
    await enqueueEdit(trx, { of: message, card, now })
  }
  await trx.updateTable('help_receiver').set({ active: 0 }).where('request', '=', request.id).execute()
}

/**
 * Who is asked beside those who have it: their superiors, else the next on the way to the root. Empty where there is
 * nobody further.
 */
export async function peopleAbove(
  trx: Trx,
  request: HelpRequest,
  now: Date,
): Promise<{ liesWith: string | null; people: string[] }> {
  const today = dayInChina(now)
  const rows = await trx
    .selectFrom('help_receiver')
    .select(['person', 'active'])
    .where('request', '=', request.id)
    .execute()
  const already = new Set(rows.map(({ person }) => person))
  const asker = request.asker === null ? [] : [request.asker]
  const holders = rows.filter(({ active }) => active === 1).map(({ person }) => person)
  const people: string[] = []
  const onLeave: string[] = []
  for (const superior of await superiorsOf(trx, request, holders, today)) {
    if (already.has(superior) || asker.includes(superior) || people.length === mostReceivers) continue
    if (!(await mayBeAsked(trx, superior, request, today)) || !(await addressOf(trx, superior))) continue
    const those = (await isOnLeave(trx, superior, today)) ? onLeave : people
    those.push(superior)
  }
  if (people.length > 0) return { liesWith: request.lies_with, people }
  const stop = await nextStop({ db: trx, today }, request.organisation, new Set([...already, ...asker]))
  if (!stop && onLeave.length > 0) return { liesWith: request.lies_with, people: onLeave }
  return stop
    ? { liesWith: stop.liesWith, people: stop.receivers }
    : { liesWith: request.lies_with, people: [] }
}

async function superiorsOf(
  trx: Trx,
  { organisation }: HelpRequest,
  people: readonly string[],
  today: string,
): Promise<string[]> {
  const line = await lineOf(trx, organisation)
  if (people.length === 0 || line.length === 0) return []
  const rows = await trx
    .selectFrom('membership')
    .selectAll()
    .where('person', 'in', people)
    .where('organisation', 'in', line)
    .where('superior', 'is not', null)
    .orderBy('id')
    .execute()
  const held = rows.map(toMembership).filter((membership) => isInForce(membership, today))
  return [...new Set(held.flatMap(({ superior }) => superior ?? []))]
}

/**
 * Those to whom a question goes, as the asker reads it: 一分公司的李梅、郑洁. To a guest nobody is named.
 * @param organisation of the request.
 */
export async function namesOf(
  db: Reads,
  { organisation, people }: { organisation: string | null; people: readonly string[] },
  language: Language,
): Promise<string> {
  if (organisation === null || people.length === 0) return translate(language, 'help:ask.receivers-roots')
  const line = await lineOf(db, organisation)
  const all: Named[] = []
  for (const person of people) all.push(await named(db, person, line))
  const joiner = language === 'en' ? ', ' : '、'
  return [...Map.groupBy(all, (one) => one.organisation)]
    .map(([home, members]) => {
      const names = members.map(({ name }) => name).join(joiner)
      return translate(language, 'help:ask.receivers', { organisation: home, names })
    })
    .join(joiner)
}
