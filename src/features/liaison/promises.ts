import { randomUUID } from 'node:crypto'
import { enqueue } from '../../delivery/outbox.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { inBothLanguages } from '../../messages/in-both-languages.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import { type Reads, readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import type { Day } from '../../timers/calendar/day.ts'
import type { Rule } from '../../timers/recurrence/rule.ts'
import { deed, outcomeCard } from './cards.ts'
import type { Doing, Liaison } from './context.ts'
import { stepsOf } from './duties.ts'
import { noteHistory } from './history.ts'
import type { PromiseLine } from './parse-promises.ts'
import { holdersFrom, holdsOn, nameOfOrganisation, nameOfPerson, type PlacedPromise } from './records.ts'
import { tellNamed } from './tell-named.ts'

/** Working days before its day on which whoever promised something is reminded. */
const daysAhead = 3

const origins = { due: 'liaison.promise', ahead: 'liaison.promise-ahead' } as const

/** Throws PlainError `liaison:gone` where there is none. */
export async function readPromise(db: Reads, id: string): Promise<PlacedPromise> {
  const row = await db
    .selectFrom('liaison_promise')
    .innerJoin('liaison_visit', 'liaison_visit.id', 'liaison_promise.visit')
    .selectAll('liaison_promise')
    .select(['liaison_visit.organisation', 'liaison_visit.number', 'liaison_visit.by'])
    .where('liaison_promise.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new PlainError('liaison:gone')
  return row
}

/** Keeps what was promised on a visit, each with its reminders to whoever is to do it. */
export async function keepPromises(
  trx: Trx,
  context: Liaison,
  visit: string,
  promises: readonly (PromiseLine & { owner: string })[],
  doing: Doing,
): Promise<void> {
  for (const [position, { text, owner, due }] of promises.entries()) {
    const id = randomUUID()
    await trx
      .insertInto('liaison_promise')
      .values({
        ...{ id, visit, position, text, owner, due_day: due },
        ...{ state: 'open', done_on: null, note: '' },
      })
      .execute()
    const promise = await readPromise(trx, id)
    await remind(trx, context, promise, doing)
    const name = await nameOfOrganisation(trx, promise.organisation)
    const { number } = promise
    await tellNamed(
      trx,
      { id, person: owner },
      (by, to) => ({
        text: translate(to, 'liaison:told.promise', { by, name, number, text, day: due }),
        buttons: [deed(to, 'settle', { promise: id })],
      }),
      doing,
    )
  }
}

async function remind(
  trx: Trx,
  { reminders, rules }: Liaison,
  { id, text, owner, due_day, organisation, number, by }: PlacedPromise,
  doing: Doing,
): Promise<void> {
  const name = await nameOfOrganisation(trx, organisation)
  const about = { text, name, day: due_day, number }
  const today = dayInChina(doing.now)
  const on = (days: number): Rule => ({
    ...{ type: 'before', days, working: days > 0, target: due_day, time: rules['remind-at'], from: today },
  })
  const shared = {
    title: inBothLanguages((to) => translate(to, 'liaison:promise.remind-title', about)),
    text: inBothLanguages((to) => translate(to, 'liaison:promise.remind-text', about)),
    ...{ organisation, owner: by, usefulFor: 5 * 24 * 60 },
    targets: [{ kind: 'person' as const, person: owner }],
    means: { type: 'form' as const, form: 'liaison.promise', context: { promise: id, text, name } },
  }
  await reminders.keep(
    trx,
    { ...shared, origin: `${origins.due}:${id}`, rule: on(0), steps: stepsOf(rules) },
    doing,
  )
  // What is said ahead of the day needs no answer: nobody above hears of it.
  await reminders.keep(
    trx,
    { ...shared, origin: `${origins.ahead}:${id}`, rule: on(daysAhead), steps: [] },
    doing,
  )
}

/**
 * What was promised was done, or is not to be done any more: its reminders end, and whoever made the visit and the contact of
 * the organisation are told. Throws PlainError where that was said before.
 */
export async function settlePromise(
  trx: Trx,
  context: Liaison,
  id: string,
  given: { state: 'kept' | 'dropped'; day: Day; note: string; item: string | undefined },
  doing: Doing,
): Promise<PlacedPromise> {
  const { by, now } = doing
  const { state, day, note, item } = given
  const changed = await trx
    .updateTable('liaison_promise')
    .set({ state, done_on: day, note })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  const promise = await readPromise(trx, id)
  if (changed.numUpdatedRows === 0n) throw new PlainError('liaison:promise.settled')
  await context.reminders.acknowledged(trx, item, { by, note, now })
  for (const origin of Object.values(origins)) {
    await context.reminders.done(trx, `${origin}:${id}`, { by, note, now })
    await context.reminders.end(trx, `${origin}:${id}`, now)
  }
  await noteHistory(trx, promise.organisation, 'promise', { promise: id, state, day, note }, doing)
  await tell(trx, promise, doing)
  return promise
}

async function tell(trx: Trx, promise: PlacedPromise, { by, now }: Doing): Promise<void> {
  const today = dayInChina(now)
  const held = await holdersFrom(trx, today, { organisation: promise.organisation })
  const contacts = held.filter((one) => one.role === 'contact' && holdsOn(one, today))
  const name = await nameOfOrganisation(trx, promise.organisation)
  const owner = await nameOfPerson(trx, promise.owner)
  for (const person of new Set([promise.by, ...contacts.map((one) => one.person)])) {
    if (person === by) continue
    const to = await addressOf(trx, person)
    const language = (await readPerson(trx, person))?.language ?? 'zh-CN'
    if (!to) continue
    const card = outcomeCard({ ...promise, name, ownerName: owner }, language)
    const id = `liaison:promise:${promise.id}:${person}`
    await enqueue(trx, { id, to, card, lane: 'confirmation', now })
  }
}

/** What somebody promised or heard promised for a point and is still open, the most pressing first. */
export async function openPromises(
  db: Reads,
  of: { organisation: string } | { owner: string },
): Promise<(PlacedPromise & { name: string; ownerName: string })[]> {
  let rows = db
    .selectFrom('liaison_promise')
    .innerJoin('liaison_visit', 'liaison_visit.id', 'liaison_promise.visit')
    .innerJoin('organisation', 'organisation.id', 'liaison_visit.organisation')
    .innerJoin('person', 'person.id', 'liaison_promise.owner')
    .selectAll('liaison_promise')
    .select(['liaison_visit.organisation', 'liaison_visit.number', 'liaison_visit.by'])
    .select(['organisation.name as name', 'person.name as ownerName'])
    .where('liaison_promise.state', '=', 'open')
  rows =
    'owner' in of
      ? rows.where('liaison_promise.owner', '=', of.owner)
      : rows.where('liaison_visit.organisation', '=', of.organisation)
  return rows.orderBy('liaison_promise.due_day').orderBy('liaison_promise.id').execute()
}
