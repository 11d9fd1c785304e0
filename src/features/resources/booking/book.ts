import { randomUUID } from 'node:crypto'
import type { Language } from '../../../chat/language.ts'
import { nextNumber } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { createReceiptCode, receiptHash } from '../../../people/receipt-code.ts'
import { routeOf } from '../../../people/route.ts'
import type { Trx } from '../../../store/store.ts'
import type { ResourcesContext } from '../context.ts'
import { type BookingRow, openStates, readResource } from '../records.ts'
import { mayAnswer, sees, sightOf } from '../sight.ts'
import { askKeepers } from './asked.ts'
import { startClocks } from './clocks.ts'
import { type BookingDetails, sealDetails } from './details.ts'
import { lockResource } from './facts.ts'
import { checkFree } from './free.ts'
import { keepHistory } from './history.ts'
import { refused, type Wish } from './when.ts'

/** What one person may have open at a time, and what outside units may have waiting at one resource. */
const most = { ofPerson: 20, waitingAtOne: 40 }
/** Characters (UTF-16 units). */
export const longestDetail = { unit: 60, name: 30, phone: 30, purpose: 500, wishes: 200 } as const

export interface NewBooking {
  resource: string
  wish: Wish
  details: BookingDetails
  /** Null: an outside unit, who asks by the web form. */
  person: string | null
  language: Language
  now: Date
}

/** A booking that was made; the code is shown once. */
export interface Booked {
  booking: BookingRow
  /** Null: somebody of the house, who needs none. */
  code: string | null
}

/**
 * Asks for a resource at a time. Who is of the house has the time kept until it is answered; an outside unit has not, for
 * whoever likes can be any number of units. Whoever answers for the resource has it at once. Throws PlainError
 * `resources:refused.*`.
 */
export async function book(trx: Trx, context: ResourcesContext, given: NewBooking): Promise<Booked> {
  const { person, now, language } = given
  const today = dayInChina(now)
  await lockResource(trx, given.resource)
  const resource = await readResource(trx, given.resource)
  const { row } = resource
  const sight = await sightOf(trx, person, today)
  if (!sees(sight, row)) throw refused('not-found')
  const details = cleanDetails(given.details, person === null)
  const isKeeper = await mayAnswer(trx, row, person, today)
  const wanted = await checkFree(trx, resource, given.wish, { now, atShortNotice: isKeeper })
  await checkLimits(trx, row.id, person)
  const id = randomUUID()
  const number = await nextNumber(trx, 'YY', Number(today.slice(0, 4)))
  const code = person === null ? createReceiptCode() : null
  const home = person === null ? null : (await routeOf({ db: trx, today }, person)).organisation
  const at = now.toISOString()
  const booking: BookingRow = {
    ...{ id, number, resource: row.id, person, organisation: home, ...wanted },
    ...{ details: await sealDetails(trx, context.sealer, id, details), reason: '', language },
    state: isKeeper ? 'confirmed' : 'requested',
    holds: person === null ? 0 : 1,
    receipt_hash: code === null ? null : receiptHash(number, code),
    ...{ rating: null, comment: '', settled_by: isKeeper ? person : null, created_at: at, changed_at: at },
  }
  await trx.insertInto('resource_booking').values(booking).execute()
  await keepHistory(trx, booking, booking.state, { by: person, words: '', now })
  await startClocks(trx, booking, row, now)
  if (!isKeeper) await askKeepers(trx, context, booking, now)
  return { booking, code }
}

async function checkLimits(trx: Trx, resource: string, person: string | null): Promise<void> {
  const count = trx
    .selectFrom('resource_booking')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
  const { count: open } =
    person === null
      ? await count
          .where('resource', '=', resource)
          .where('person', 'is', null)
          .where('state', '=', 'requested')
          .executeTakeFirstOrThrow()
      : await count.where('person', '=', person).where('state', 'in', openStates).executeTakeFirstOrThrow()
  if (person === null && Number(open) >= most.waitingAtOne) throw refused('queue-full')
  if (person !== null && Number(open) >= most.ofPerson)
    throw refused('too-many-open', { most: most.ofPerson })
}

/** What was typed, on lines as they are kept. Throws PlainError where what is needed to answer is missing. */
function cleanDetails(given: BookingDetails, isOutside: boolean): BookingDetails {
  const clean = (name: keyof BookingDetails) =>
    given[name]
      .toWellFormed()
      .replaceAll(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
      .trim()
      .slice(0, longestDetail[name])
  const details = {
    ...{ unit: clean('unit'), name: clean('name'), phone: clean('phone') },
    ...{ purpose: clean('purpose'), wishes: clean('wishes') },
  }
  if (isOutside && details.unit === '') throw refused('unit')
  if (isOutside && (details.name === '' || !isPhone(details.phone))) throw refused('contact')
  if (details.purpose === '') throw refused('purpose')
  return details
}

/** Something that can be called: 6 to 20 figures, whatever parts them. */
function isPhone(text: string): boolean {
  const figures = text.normalize('NFKC').replaceAll(/\D/g, '').length
  return figures >= 6 && figures <= 20 && /^[\d\s+()\-–—转#*,，]+$/.test(text.normalize('NFKC'))
}
