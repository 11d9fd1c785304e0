import type { Reads } from '../../../people/people.ts'
import type { Event } from '../records.ts'

/**
 * Fewer answers than these would say who gave which, as in statistics of what was sent in. Only those not signed count:
 * the signed ones stand beside their names in the exported list, and taken from the figures they would leave the others.
 */
const fewest = 5

export interface FeedbackFigures {
  count: number
  /** Null: too few for anybody to stay unknown. */
  shown: {
    average: number
    /** How often 1, 2, … 5 was given. */
    byRating: number[]
    /** Not signed; in an order that says nothing of when they came. */
    comments: string[]
  } | null
  /** What people wanted their name to stand beside, however many there are. */
  signed: { comment: string; name: string }[]
}

/** What people said of an event, as its organisers may read it. */
export async function feedbackOf(
  db: Pick<Reads, 'selectFrom'>,
  { row }: Pick<Event, 'row'>,
): Promise<FeedbackFigures> {
  const rows = await db
    .selectFrom('event_feedback as feedback')
    .innerJoin('event_registration as registration', 'registration.id', 'feedback.registration')
    .select(['feedback.rating', 'feedback.comment', 'feedback.signed', 'registration.name'])
    .where('feedback.event', '=', row.id)
    .execute()
  const signed = rows.flatMap(({ signed, comment, name }) =>
    signed === 1 && comment !== '' && name !== '' ? [{ comment, name }] : [],
  )
  const unknown = rows.filter((one) => one.signed === 0).length
  const isTooFew = rows.length < fewest || (unknown > 0 && unknown < fewest)
  if (isTooFew) return { count: rows.length, shown: null, signed }
  const unsigned = rows.flatMap((one) =>
    one.comment !== '' && (one.signed === 0 || one.name === '') ? [one.comment] : [],
  )
  return {
    count: rows.length,
    shown: {
      average: rows.reduce((sum, { rating }) => sum + rating, 0) / rows.length,
      byRating: [1, 2, 3, 4, 5].map((wanted) => rows.filter(({ rating }) => rating === wanted).length),
      comments: unsigned.toSorted((a, b) => (a < b ? -1 : 1)),
    },
    signed,
  }
}
