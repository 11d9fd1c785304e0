import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { readHeads } from '../../../knowledge/library/stored-versions.ts'
import { ancestorsOf, listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import type { Trx } from '../../../store/store.ts'
import type { CampaignTable } from '../../../store/tables/campaigns.ts'
import { type Looker, mayDo } from '../access.ts'
import type { CampaignsContext } from '../context.ts'
import { readJudging } from '../judging/judging-records.ts'
import { listCertificates } from '../judging/own-certificates.ts'
import { postOrigin } from '../part.ts'
import { type Campaign, withTexts } from '../records.ts'
import { audienceOfCampaign } from './audience.ts'
import { type CampaignView, campaignCard } from './campaign-cards.ts'
import { eventsOf } from './contest-events.ts'
import type { ListedEntry } from './entry-cards.ts'
import { kindTitles } from './posts.ts'

/** A campaign as somebody sees it. */
export async function cardOf(
  trx: Trx,
  context: CampaignsContext,
  campaign: Campaign,
  looker: Looker,
  language: Language,
): Promise<Card> {
  const { row } = campaign
  const names = new Map((await listOrganisations(trx)).map(({ id, name }) => [id, name]))
  const makes = await mayDo(trx, looker, 'campaign.make', row.organisation)
  const { count } = await trx
    .selectFrom('campaign_entry')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('campaign', '=', row.id)
    .where('state', '=', 'in')
    .executeTakeFirstOrThrow()
  const isPreview = row.state === 'draft' && makes
  const reach = isPreview
    ? await context.circulation.reach(trx, await audienceOfCampaign(trx, campaign), looker.now)
    : null
  const oversees = await mayDo(trx, looker, 'campaign.view', row.organisation)
  const assessed = await context.assessed(trx, row.id, language)
  return campaignCard(
    {
      ...{ campaign, organisation: names.get(row.organisation) ?? '', reach },
      ...(await afterwards(trx, context, campaign, looker)),
      organisations: campaign.organisations.map((id) => names.get(id) ?? ''),
      kinds: kindTitles(context, campaign, language),
      rules: await rulesOf(trx, row),
      gone: makes ? await context.circulation.goneChats(trx, postOrigin(row.id, '')) : [],
      entries: Number(count),
      assessed: assessed && (oversees || assessed.isPublic) ? assessed.line : '',
      events: await eventsOf(trx, row.id),
    },
    {
      makes,
      oversees,
      takesPart: await belongs(trx, campaign, looker),
    },
    language,
  )
}

/** What is to be said of a campaign that takes nothing any more. */
async function afterwards(
  trx: Trx,
  context: CampaignsContext,
  { row }: Campaign,
  { person, now }: Looker,
): Promise<Pick<CampaignView, 'endedEarly' | 'hasResults' | 'isHonoured'>> {
  const ended = await trx
    .selectFrom('campaign_history')
    .select(['data', 'at'])
    .where('campaign', '=', row.id)
    .where('what', '=', 'reviewing')
    .executeTakeFirst()
  const { planned } = JSON.parse(ended?.data ?? '{}') as { planned?: string }
  const day = ended && dayInChina(new Date(ended.at))
  const hasResults = row.state === 'closed' && (await readJudging(trx, row.id))?.confirmed_at != null
  const own = hasResults ? await listCertificates(trx, context, person, now) : []
  return {
    endedEarly: planned !== undefined && day ? { planned, day } : null,
    hasResults,
    isHonoured: own.some(({ campaign }) => campaign.row.id === row.id),
  }
}

/** The title of the rules with the version that held. */
async function rulesOf(
  trx: Trx,
  { rules_document: document, rules_version: version }: Campaign['row'],
): Promise<string> {
  if (document === null) return ''
  const head = (await readHeads(trx, document)).find((one) => one.version === version)
  return `《${head?.title ?? document}》 v${version}`
}

async function belongs(db: Reads, { organisations }: Campaign, { actor }: Looker): Promise<boolean> {
  for (const { organisation } of actor.grants) {
    const path = [organisation, ...(await ancestorsOf(db, organisation)).map(({ id }) => id)]
    if (organisations.some((id) => path.includes(id))) return true
  }
  return false
}

const order: readonly CampaignTable['state'][] = [
  'open',
  'reviewing',
  'notice',
  'draft',
  'closed',
  'cancelled',
]

/** Campaigns that somebody sees: those they oversee, and open ones in which they may take part; running ones first. */
export async function visibleCampaigns(db: Reads, looker: Looker): Promise<Campaign[]> {
  const { organisations, all } = await reachOfPerson(db, looker.person, ['campaign.view'], looker.today)
  const own = new Set<string>()
  for (const { organisation } of looker.actor.grants) {
    for (const { id } of [{ id: organisation }, ...(await ancestorsOf(db, organisation))]) own.add(id)
  }
  const rows = await db
    .selectFrom('campaign')
    .selectAll()
    .orderBy('starts_on', 'desc')
    .orderBy('id')
    .execute()
  const found: Campaign[] = []
  for (const row of rows) {
    const campaign = await withTexts(db, row)
    const oversees = all || organisations.includes(row.organisation)
    const takesPart = row.opened_at !== null && campaign.organisations.some((id) => own.has(id))
    if (oversees || takesPart) found.push(campaign)
  }
  return found.toSorted((a, b) => order.indexOf(a.row.state) - order.indexOf(b.row.state))
}

/** Entries in one read. */
const entriesAtOnce = 500

/** How many take part in a campaign, or did. */
export async function countEntries(db: Reads, campaign: string): Promise<number> {
  const { count } = await db
    .selectFrom('campaign_entry')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('campaign', '=', campaign)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** All that takes part in a campaign or did, as `listEntries` orders it, however many there are: never all in memory. */
export async function* allEntries(
  db: Reads,
  context: Pick<CampaignsContext, 'submissions'>,
  campaign: string,
  language: Language,
): AsyncGenerator<ListedEntry> {
  const all = await countEntries(db, campaign)
  for (let from = 0; from < all; from += entriesAtOnce) {
    yield* await listEntries(db, context, { campaign }, language, from)
  }
}

/**
 * What takes part or did, the newest first: of a campaign, or of a person in all that are not over. At most 500.
 * @param from How many are left out before. Default: none.
 */
export async function listEntries(
  db: Reads,
  { submissions }: Pick<CampaignsContext, 'submissions'>,
  of: { campaign: string } | { person: string },
  language: Language,
  from = 0,
): Promise<ListedEntry[]> {
  const isOwn = 'person' in of
  const rows = await db
    .selectFrom('campaign_entry')
    .innerJoin('campaign', 'campaign.id', 'campaign_entry.campaign')
    .selectAll('campaign')
    .select(['campaign_entry.submission', 'campaign_entry.state as entry_state', 'campaign_entry.why'])
    .$if(isOwn, (query) => query.where('campaign_entry.author', '=', isOwn ? of.person : ''))
    .$if(!isOwn, (query) => query.where('campaign_entry.campaign', '=', isOwn ? '' : of.campaign))
    .orderBy('campaign_entry.state')
    .orderBy('campaign_entry.entered_at', 'desc')
    .orderBy('campaign_entry.submission')
    .offset(from)
    .limit(entriesAtOnce)
    .execute()
  const ids = [...new Set(rows.map(({ submission }) => submission))]
  const records = new Map((await submissions.records(db, ids, language)).map((one) => [one.id, one]))
  return rows.flatMap(({ submission, entry_state: state, why, ...campaign }): ListedEntry[] => {
    const record = records.get(submission)
    return record ? [{ campaign, record, state, why }] : []
  })
}
