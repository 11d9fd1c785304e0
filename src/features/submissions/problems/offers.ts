import { randomUUID } from 'node:crypto'
import type { FormValues } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import { routeOf } from '../../../people/route.ts'
import type { OfferTable } from '../../../store/tables/problems.ts'
import type { Effect } from '../effects.ts'
import type { Part } from '../life/life.ts'
import type { Submission, SubmissionRow } from '../records.ts'

/** An offer to solve a problem, with what was filled in. */
export interface Offer extends Omit<OfferTable, 'content'> {
  values: FormValues
}

/** Fields by which somebody from outside is named where an offer is entered for them. */
const outsideName = 'offerer'
const outsideOrganisation = 'organisation'

/** All offers on a record but those that were taken back, in the order in which they came. */
export async function offersOn(db: Reads, submission: string): Promise<Offer[]> {
  const rows = await db
    .selectFrom('submission_offer')
    .selectAll()
    .where('submission', '=', submission)
    .where('state', '!=', 'withdrawn')
    .orderBy('number')
    .execute()
  return rows.map(({ content, ...row }) => ({ ...row, values: JSON.parse(content) as FormValues }))
}

/** Whether nobody but whoever made it may know an offer now: offers are taken, and the kind keeps them closed. */
export function areSealed({ kind, row }: Pick<Submission, 'kind' | 'row'>): boolean {
  return kind.offers?.sealed !== false && takesOffers({ kind, row })
}

/** Whether offers are taken as the record stands. */
function takesOffers({ kind, row }: Pick<Submission, 'kind' | 'row'>): boolean {
  return Object.values(kind.actions).some(
    ({ does, from }) => does.includes('offer') && from.includes(row.state),
  )
}

/** Parts that compare offers. Somebody who has an offer open compares none. */
const comparing = ['author', 'handler', 'decider', 'superior', 'restricted', 'owner', 'verifier'] as const

/** Whether somebody may know what others offer, once it is open. */
export function comparesOffers({ as }: Part): boolean {
  return !as.includes('offerer') && comparing.some((part) => as.includes(part))
}

/** The offers that somebody may read now: their own, those that they entered, and all once they are open. */
export function readableOffers(submission: Submission, part: Part, offers: readonly Offer[]): Offer[] {
  const isOpen = comparesOffers(part) && !areSealed(submission)
  const { person } = part
  return offers.filter(
    (offer) => isOpen || (person !== null && (offer.person === person || offer.entered_by === person)),
  )
}

/**
 * Keeps an offer: one's own, or that of somebody from outside where the action asks for a name. Whoever has one open
 * already has it changed.
 */
export async function keepOffer({ trx, submission, part, input, now }: Effect): Promise<object> {
  const by = part.person
  if (by === null) throw new PlainError('submissions:refused.not-yours')
  const { [outsideName]: outside, [outsideOrganisation]: where, ...content } = input
  const isOutside = typeof outside === 'string'
  const who = isOutside
    ? { person: null, name: outside, organisation: typeof where === 'string' ? where : '' }
    : await whoOffers(trx, by, now)
  const all = await trx
    .selectFrom('submission_offer')
    .selectAll()
    .where('submission', '=', submission.row.id)
    .execute()
  const own = all.find(({ state, person, name, organisation }) =>
    state === 'open' && isOutside
      ? person === null && name === who.name && organisation === who.organisation
      : state === 'open' && person === by,
  )
  const changes = { content: JSON.stringify(content), changed_at: now.toISOString() }
  if (own) {
    await trx.updateTable('submission_offer').set(changes).where('id', '=', own.id).execute()
    return {}
  }
  const number = Math.max(0, ...all.map((offer) => offer.number)) + 1
  await trx
    .insertInto('submission_offer')
    .values({
      ...{ id: randomUUID(), submission: submission.row.id, number, ...who, ...changes },
      ...{ state: 'open', entered_by: by, at: now.toISOString() },
    })
    .execute()
  return {}
}

/** Takes back one's own offer; one that was entered for somebody else is named by its number. */
export async function withdrawOffer({ trx, submission, part, action, input, now }: Effect) {
  const named = action.fields.some(({ sets }) => sets === 'offer')
  const offers = await offersOn(trx, submission.row.id)
  const offer = offers.find(({ state, person, number, entered_by }) =>
    state === 'open' && named
      ? person === null && entered_by === part.person && number === numberOf({ action, input }, 'offer')
      : state === 'open' && person === part.person,
  )
  if (!offer) throw new PlainError('problems:no-offer')
  await setState(trx, [offer], 'withdrawn', now)
  return {}
}

/** Takes one offer and turns the others down. Whoever made it is the owner from now on, or who entered it. */
export async function chooseOffer({
  trx,
  submission,
  action,
  input,
  now,
}: Effect): Promise<Partial<SubmissionRow>> {
  const open = (await offersOn(trx, submission.row.id)).filter(({ state }) => state === 'open')
  const chosen = open.find(({ number }) => number === numberOf({ action, input }, 'offer'))
  if (!chosen) throw new PlainError('problems:no-offer')
  await setState(trx, [chosen], 'chosen', now)
  await setState(
    trx,
    open.filter(({ id }) => id !== chosen.id),
    'declined',
    now,
  )
  return { owner: chosen.person ?? chosen.entered_by }
}

/** Turns all open offers down: nothing becomes of the problem, or it is put out anew. */
export async function endOffers({ trx, submission, now }: Effect): Promise<Partial<SubmissionRow>> {
  const open = (await offersOn(trx, submission.row.id)).filter(({ state }) => state === 'open')
  await setState(trx, open, 'declined', now)
  return {}
}

/** The number by which an action names an offer or a milestone; NaN where none is given. */
export function numberOf(
  { action, input }: Pick<Effect, 'action' | 'input'>,
  what: 'offer' | 'milestone',
): number {
  const field = action.fields.find(({ sets }) => sets === what)
  return field ? Number(input[field.name]) : Number.NaN
}

export async function setState(
  trx: Effect['trx'],
  offers: readonly Pick<Offer, 'id'>[],
  state: OfferTable['state'],
  now: Date,
): Promise<void> {
  if (offers.length === 0) return
  await trx
    .updateTable('submission_offer')
    .set({ state, changed_at: now.toISOString() })
    .where(
      'id',
      'in',
      offers.map(({ id }) => id),
    )
    .execute()
}

async function whoOffers(trx: Effect['trx'], person: string, now: Date) {
  const name = (await readPerson(trx, person))?.name ?? ''
  const { organisation: id } = await routeOf({ db: trx, today: dayInChina(now) }, person)
  const row =
    id === null
      ? undefined
      : await trx.selectFrom('organisation').select('name').where('id', '=', id).executeTakeFirst()
  return { person, name, organisation: row?.name ?? '' }
}
