import type { Reads } from '../../../people/people.ts'

/**
 * Whether an organiser had closed entries when something was sent in: the day on which they did so is still one of the
 * period, its later hours are not. Where the period ran out by itself, the last day decides.
 * @param at Instant as ISO text.
 */
export async function endedByHandBefore(db: Reads, campaign: string, at: string): Promise<boolean> {
  const ended = await db
    .selectFrom('campaign_history')
    .select('id')
    .where('campaign', '=', campaign)
    .where('what', '=', 'reviewing')
    .where('by', 'is not', null)
    .where('at', '<=', at)
    .executeTakeFirst()
  return ended !== undefined
}
