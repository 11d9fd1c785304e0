import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { addressesOf } from '../../../people/address.ts'
import { peopleOfAudience } from '../../../people/audience.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { type Campaign, readCampaign } from '../records.ts'
import type { JudgingContext } from './context.ts'
import { completeCard, organisersCard } from './judging-cards.ts'
import { countOpenReviews, readJudging } from './judging-records.ts'

const tellTimer = 'campaigns.tell-organisers'
const completeTimer = 'campaigns.reviews-complete'
/** Entries that are named; how many there are is said. */
const mostNamed = 5

/** After entries were dealt out organisers hear, in their working hours, where it did not reach. */
export async function setTelling(trx: Trx, { row }: Pick<Campaign, 'row'>, now: Date): Promise<void> {
  await setTimer(trx, {
    ...{ id: `${tellTimer}:${row.id}`, kind: tellTimer },
    payload: { campaign: row.id, since: now.toISOString() },
    ...{ after: { workingHours: 0 }, organisation: row.organisation, person: null, now },
  })
}

/** When the last review is in organisers hear it in their working hours: nobody else sees that it is their turn. */
export async function setTellingComplete(trx: Trx, { row }: Pick<Campaign, 'row'>, now: Date): Promise<void> {
  await setTimer(trx, {
    ...{ id: `${completeTimer}:${row.id}`, kind: completeTimer, payload: { campaign: row.id } },
    ...{ after: { workingHours: 0 }, organisation: row.organisation, person: null, now },
  })
}

/** Tells organisers that all reviews are in, as long as it is so. */
export const tellingComplete: Record<string, TimerHandler> = {
  async [completeTimer](trx, { campaign: id = '' }, now) {
    const campaign = await readCampaign(trx, id)
    const isOver = (await readJudging(trx, id))?.ended_at != null
    if (campaign?.row.state !== 'reviewing' || isOver || (await countOpenReviews(trx, id)) > 0) return
    const { lacking } = await readLack(trx, campaign)
    await tellEach(trx, campaign, {
      ...{ said: `complete ${now.toISOString()}`, now },
      card: (language) => completeCard(campaign, lacking, language),
    })
  },
}

/** Tells organisers which entries have too few reviewers. */
export function tellingOrganisers({
  submissions,
}: Pick<JudgingContext, 'submissions'>): Record<string, TimerHandler> {
  return {
    async [tellTimer](trx, { campaign: id = '', since = '' }, now) {
      const campaign = await readCampaign(trx, id)
      const isOver = (await readJudging(trx, id))?.ended_at != null
      if (!campaign || isOver || !['open', 'reviewing'].includes(campaign.row.state)) return
      const { lacking, first } = await readLack(trx, campaign)
      if (lacking === 0) return
      await tellEach(trx, campaign, {
        ...{ said: `lack ${since}`, now },
        async card(language) {
          const records = await submissions.records(trx, first, language)
          const names = records.map(({ number, subject }) => `${number} ${subject}`)
          return organisersCard(campaign, { lacking, names }, language)
        },
      })
    },
  }
}

/** Tells each organiser who can be reached, in their language. @param said What is said, of which no one is told twice. */
async function tellEach(
  trx: Trx,
  campaign: Campaign,
  { said, card, now }: { said: string; card(language: Language): Card | Promise<Card>; now: Date },
): Promise<void> {
  const people = await organisersOf(trx, campaign, now)
  const addresses = await addressesOf(trx, people)
  for (const person of people) {
    const to = addresses.get(person)
    const reader = await readPerson(trx, person)
    if (!to || !reader) continue
    await enqueue(trx, {
      ...{ id: `campaign ${campaign.row.id} ${said} ${person}`, to, card: await card(reader.language) },
      ...{ lane: 'reminder' as const, now },
    })
  }
}

/** How many entries have fewer reviewers than they should; ids of the first. */
async function readLack(db: Reads, { row }: Campaign): Promise<{ lacking: number; first: string[] }> {
  const short = db
    .selectFrom('campaign_entry')
    .where('campaign', '=', row.id)
    .where('state', '=', 'in')
    .where('asked', '<', row.reviewers_each)
  const { count } = await short.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()
  const first = await short
    .select('submission')
    .orderBy('asked')
    .orderBy('entered_at')
    .orderBy('submission')
    .limit(mostNamed)
    .execute()
  return { lacking: Number(count), first: first.map(({ submission }) => submission) }
}

/** Cadres of a campaign's organisation, and whoever made it. Ids. */
async function organisersOf(db: Reads, { row }: Campaign, now: Date): Promise<string[]> {
  const members = [{ organisation: row.organisation, role: 'cadre' as const, below: false }]
  const people = await peopleOfAudience(db, { people: [], members }, now)
  return [...new Set([...people.keys(), ...(row.made_by === null ? [] : [row.made_by])])]
}
