import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Command, Mine, MyItem, Turn, Whose } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { sealCardOfMany } from '../../../seal/sealed-card.ts'
import type { Trx } from '../../../store/store.ts'
import type { ResourcesContext } from '../context.ts'
import { textCard } from '../finding/resource-cards.ts'
import { type BookingRow, openStates, readResource } from '../records.ts'
import { mayAnswer, sightOf } from '../sight.ts'
import { bookingLine, bookingsCard } from './booking-cards.ts'
import { type BookingFacts, factsOf, isOutside } from './facts.ts'
import { movesOf } from './life.ts'
import { cardFor } from './press.ts'

/** Bookings on one card. */
const mostOnCard = 8
/** Of each kind for “我的”. */
const mostMine = 5
/** A plan reaches so many days ahead. */
const planDays = 7
const numberPattern = /^(?:预约\s*)?(yy[-–—\s]*\d{4}[-–—\s]*\d{4,9})$/

/** 我的预约, 预约安排, YY-2026-0001. */
export function bookingCommands(context: ResourcesContext): Command[] {
  const answer = (turn: Turn, make: (trx: Trx, person: string, now: Date) => Promise<Card>) =>
    turn.commit(async (trx, say) => {
      const now = await context.store.now(trx)
      const person = (await findPersonByAccount(trx, turn.message.account))?.id ?? null
      const card =
        person === null
          ? textCard(translate(turn.language, 'resources:list.sign-in'))
          : await make(trx, person, now)
      await sayAlone(turn, say, card)
    })
  return [
    {
      words: { 'zh-CN': ['我的预约', '我的资源预约'], en: ['my bookings'] },
      run: (turn) =>
        answer(turn, async (trx, person, now) => {
          const { rows, count } = await ownBookings(trx, person, now, mostOnCard)
          const title = translate(turn.language, 'resources:list.own', { count })
          const facts = await factsOfAll(trx, context, rows, now)
          return bookingsCard(title, facts, { count, reader: 'booker' }, turn.language)
        }),
    },
    {
      words: { 'zh-CN': ['预约安排', '资源预约', '预约日程'], en: ['booking plan', 'bookings'] },
      run: (turn) =>
        answer(turn, async (trx, person, now) => {
          const { rows, count } = await plannedBookings(trx, person, now, mostOnCard)
          const title = translate(turn.language, 'resources:list.plan', { count, days: planDays })
          const facts = await factsOfAll(trx, context, rows, now)
          const card = bookingsCard(title, facts, { count, reader: 'keeper' }, turn.language)
          const outside = rows.filter(isOutside).map(({ id }) => id)
          return outside.length === 0
            ? card
            : sealCardOfMany(trx, context.sealer, outside, card, turn.language)
        }),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: numberPattern,
      run: (turn) =>
        answer(turn, async (trx, person, now) => {
          const { language } = turn
          const said = turn.message.text.normalize('NFKC').trim().toLowerCase()
          const number = (numberPattern.exec(said)?.[1] ?? '').toUpperCase().replaceAll(/[-–—\s]+/g, '-')
          const booking = await trx
            .selectFrom('resource_booking')
            .selectAll()
            .where('number', '=', number)
            .executeTakeFirst()
          const nothing = textCard(translate(language, 'resources:refused.no-booking', { number }))
          // A number that is somebody else's reads as one that nobody has.
          const isReadable = booking && (await isReader(trx, booking, person, now))
          return isReadable ? cardFor(trx, context, booking, { person, now, language }) : nothing
        }),
    },
  ]
}

/** What waits for somebody, and what they booked, for “我的”. */
export async function mineOf(context: ResourcesContext, whose: Whose): Promise<Mine[]> {
  const { db, person, language, now } = whose
  if (person === null) return []
  const waiting = await waitingBookings(db, person, now)
  const own = await ownBookings(db, person, now, mostMine)
  const items = async (rows: readonly BookingRow[], reader: 'keeper' | 'booker') =>
    (await factsOfAll(db, context, rows, now)).map((facts) => itemOf(facts, reader, language))
  return [
    {
      kind: 'to-do',
      title: translate(language, 'resources:mine.waiting'),
      count: waiting.length,
      items: await items(waiting.slice(0, mostMine), 'keeper'),
      more: translate(language, 'resources:mine.plan'),
    },
    {
      kind: 'own',
      title: translate(language, 'resources:mine.own'),
      count: own.count,
      items: await items(own.rows, 'booker'),
      more: translate(language, 'resources:mine.own'),
    },
  ]
}

function itemOf(facts: BookingFacts, reader: 'keeper' | 'booker', language: Language): MyItem {
  const { booking } = facts
  const [first] = movesOf(booking.state, reader).filter((move) => move === 'confirm' || move === 'accept')
  const button = (label: string, action: string) => ({
    label: translate(language, `resources:do.${label}`),
    ...{ action, value: { booking: booking.id } },
  })
  return {
    title: translate(language, 'resources:mine.item', {
      number: booking.number,
      title: facts.resource.title,
    }),
    state: bookingLine(facts, language),
    buttons: [
      ...(first ? [button(first, `resources.${first}`)] : []),
      { ...button('open', 'resources.booking'), opens: 'beside' as const },
    ],
  }
}

/** What somebody booked and is still to come, the next first. */
async function ownBookings(db: Reads, person: string, now: Date, limit: number) {
  const query = db
    .selectFrom('resource_booking')
    .where('person', '=', person)
    .where('state', 'in', openStates)
    .where('ends_at', '>', now.toISOString())
  const { count } = await query
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  const rows = await query.selectAll().orderBy('starts_at').orderBy('id').limit(limit).execute()
  return { rows, count: Number(count) }
}

/** Requests that were put to somebody and wait. */
function waitingBookings(db: Reads, person: string, now: Date): Promise<BookingRow[]> {
  return db
    .selectFrom('resource_booking')
    .innerJoin('resource_asked', 'resource_asked.booking', 'resource_booking.id')
    .selectAll('resource_booking')
    .where('resource_asked.person', '=', person)
    .where('resource_booking.state', '=', 'requested')
    .where('resource_booking.starts_at', '>', now.toISOString())
    .orderBy('resource_booking.created_at')
    .orderBy('resource_booking.id')
    .execute()
}

/** What is booked in the next days of the resources that somebody is in charge of or keeps. */
async function plannedBookings(db: Reads, person: string, now: Date, limit: number) {
  const { kept } = await sightOf(db, person, dayInChina(now))
  const until = new Date(now.getTime() + planDays * 86_400_000).toISOString()
  const all = await db
    .selectFrom('resource_booking')
    .innerJoin('resource_entry', 'resource_entry.id', 'resource_booking.resource')
    .selectAll('resource_booking')
    .select(['resource_entry.owner as owner', 'resource_entry.organisation as keeper'])
    .where('resource_booking.state', 'in', openStates)
    .where('resource_booking.ends_at', '>', now.toISOString())
    .where('resource_booking.starts_at', '<', until)
    .orderBy('resource_booking.starts_at')
    .orderBy('resource_booking.id')
    .execute()
  const rows = all.filter(({ owner, keeper }) => owner === person || kept.has(keeper))
  return { rows: rows.slice(0, limit), count: rows.length }
}

async function isReader(trx: Trx, booking: BookingRow, person: string, now: Date): Promise<boolean> {
  if (booking.person === person) return true
  const { row } = await readResource(trx, booking.resource)
  return mayAnswer(trx, row, person, dayInChina(now))
}

async function factsOfAll(
  db: Reads,
  context: ResourcesContext,
  rows: readonly BookingRow[],
  now: Date,
): Promise<BookingFacts[]> {
  const found: BookingFacts[] = []
  for (const row of rows) found.push(await factsOf(db, context, row, now))
  return found
}
