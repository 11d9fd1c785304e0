import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Day } from '../../timers/calendar/day.ts'

/** A campaign that was opened, as it is counted. */
interface HeldCampaign {
  number: string
  title: string
  form: 'campaign' | 'contest'
  /** What takes part. */
  entries: number
  /** Honours that were confirmed; none while they are only on notice. */
  awards: number
}

/** Campaigns held by some organisations that began on days from the first to before the last, by number. */
export async function heldCampaigns(
  db: Reads,
  organisations: readonly string[],
  { from, until }: { from: Day; until: Day },
): Promise<HeldCampaign[]> {
  const rows = []
  for (const piece of inPieces(organisations)) {
    rows.push(
      ...(await db
        .selectFrom('campaign')
        .leftJoin('campaign_judging', 'campaign_judging.campaign', 'campaign.id')
        .select(['campaign.id', 'campaign.number', 'campaign.title', 'campaign.form'])
        .select('campaign_judging.confirmed_at')
        .where('campaign.organisation', 'in', piece)
        .where('campaign.state', 'in', ['open', 'reviewing', 'notice', 'closed'])
        .where('campaign.starts_on', '>=', from)
        .where('campaign.starts_on', '<', until)
        .execute()),
    )
  }
  const ids = rows.map(({ id }) => id)
  const [entries, awards] = [new Map<string, number>(), new Map<string, number>()]
  for (const piece of inPieces(ids)) {
    const taking = await db
      .selectFrom('campaign_entry')
      .select(({ fn }) => ['campaign', fn.countAll<number | string>().as('count')])
      .where('campaign', 'in', piece)
      .where('state', '=', 'in')
      .groupBy('campaign')
      .execute()
    for (const { campaign, count } of taking) entries.set(campaign, Number(count))
    const given = await db
      .selectFrom('campaign_award')
      .select(({ fn }) => ['campaign', fn.countAll<number | string>().as('count')])
      .where('campaign', 'in', piece)
      .groupBy('campaign')
      .execute()
    for (const { campaign, count } of given) awards.set(campaign, Number(count))
  }
  return rows
    .map(({ id, number, title, form, confirmed_at: confirmed }) => ({
      ...{ number, title, form, entries: entries.get(id) ?? 0 },
      awards: confirmed === null ? 0 : (awards.get(id) ?? 0),
    }))
    .toSorted((one, other) => (one.number < other.number ? -1 : 1))
}
