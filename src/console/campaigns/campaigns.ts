import { html } from 'hono/html'
import { lookerOf, maySee } from '../../features/campaigns/access.ts'
import { mayReadEntries } from '../../features/campaigns/judging/access.ts'
import { exportStatistics, statisticsOf } from '../../features/campaigns/making/campaign-statistics.ts'
import { stateTitle } from '../../features/campaigns/making/campaign-texts.ts'
import { entryState } from '../../features/campaigns/making/entry-cards.ts'
import { exportStanding } from '../../features/campaigns/making/export-standing.ts'
import {
  allEntries,
  countEntries,
  listEntries,
  visibleCampaigns,
} from '../../features/campaigns/making/show-campaigns.ts'
import {
  placesOf,
  type Standing,
  standingOfOrganisations,
  standingOfPeople,
} from '../../features/campaigns/making/standing.ts'
import { rowName } from '../../features/campaigns/making/standing-card.ts'
import { postOrigin } from '../../features/campaigns/part.ts'
import { type Campaign, readCampaign } from '../../features/campaigns/records.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { addDeskPages, cardPage, makingPage, unmade } from '../desk-pages.ts'
import { sendFile } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import { historyPanel } from '../history-panel.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, idIn, needs, type Visit } from '../visit.ts'

const section = '/console/campaigns'
const mostLines = 200

type PageKey =
  Extract<KeyOf<'campaign-pages'>, `making.${string}`> extends `making.${infer Rest}` ? Rest : never

const sayOf =
  ({ language }: Pick<Visit, 'language'>) =>
  (key: PageKey, values: Record<string, string | number> = {}) =>
    translate(language, `campaign-pages:making.${key}`, values)

/** Campaigns: a list, and each on a page of its own with how it stands, what takes part, what was posted and done. */
export function addCampaignRoutes(routes: ConsoleRoutes): void {
  const { options, get } = routes
  const { store, events, pressing, campaigns } = options
  const context = campaigns.campaigns
  const desk = createPageDesk({ store, ...pressing, wakeWorkers: () => events.wakeWorkers() }, ['campaigns'])

  get('/campaigns', async (visit) => {
    needs(visit, 'campaign.view')
    const say = sayOf(visit)
    const found = await visibleCampaigns(store.db, await lookerOf(store.db, visit.who.id, await store.now()))
    const rows = found.map(({ row }) => [
      html`<a href="${section}/${row.id}">${row.number}</a>`,
      html`<a href="${section}/${row.id}">${row.title}</a>`,
      `${row.starts_on} – ${row.ends_on}`,
      html`<span class="tag${row.state === 'open' ? ' state-open' : ''}">${stateTitle(row.state, visit.language)}</span>`,
    ])
    const header = [say('number'), say('name'), say('period'), say('state')]
    const make = html`<a class="button" href="${section}/new">${say('make')}</a>`
    const body = html`<div class="panel-head page-head"><h1>${say('title')}</h1>${canSomewhere(visit.actor, 'campaign.make') ? make : ''}</div>
<section class="panel lines">${rows.length === 0 ? html`<p class="empty">${say('none')}</p>` : table(say('title'), header, rows)}</section>`
    return consolePage(visit, { title: say('title'), body, section })
  })

  get('/campaigns/new', async (visit) => {
    needs(visit, 'campaign.make')
    return shown(visit, unmade, await desk.press(visit, { action: 'campaigns.templates', value: {} }))
  })

  get('/campaigns/:id/standing.xlsx', async (visit) => {
    const campaign = await visible(visit, idIn(visit, 'id'))
    const { organisations, people } = await standings(visit, campaign)
    const reads = await readsEntries(visit, campaign)
    const entries = reads ? allEntries(store.db, context, campaign.row.id, visit.language) : null
    return sendFile(visit, exportStanding(campaign, { organisations, people, entries }, visit.language))
  })

  get('/campaigns/:id/statistics.xlsx', async (visit) => {
    const campaign = await visible(visit, idIn(visit, 'id'))
    const statistics = await statisticsOf(store.db, context, campaign, visit.today)
    return sendFile(visit, exportStatistics(campaign, statistics, visit.language))
  })

  get('/campaigns/:id', async (visit) => page(visit, idIn(visit, 'id'), null))

  addDeskPages(routes, { folder: '/campaigns', desk, show: shown, sentIn: (record) => record ?? section })

  async function shown(visit: Visit, id: string, pressed: Pressed): Promise<Response> {
    if (id !== unmade) return page(visit, id, pressed)
    needs(visit, 'campaign.make')
    const say = sayOf(visit)
    return makingPage(visit, { section, list: say('title'), title: say('make'), pressed })
  }

  /** Throws PlainError, a 404 page, for who may not see it. */
  async function visible(visit: Visit, id: string): Promise<Campaign> {
    needs(visit, 'campaign.view')
    const campaign = await readCampaign(store.db, id)
    const looker = await lookerOf(store.db, visit.who.id, await store.now())
    if (!campaign || !(await maySee(store.db, looker, campaign)))
      throw new PlainError('console:no-such-record')
    return campaign
  }

  /** Whose the entries are, who objected and who declined is for those who run it, and not while they review it blind. */
  const readsEntries = async (visit: Visit, campaign: Campaign): Promise<boolean> =>
    mayReadEntries(store.db, campaign, { person: visit.who.id, now: await store.now() })

  async function standings(visit: Visit, campaign: Campaign) {
    const day = campaign.row.ends_on < visit.today ? campaign.row.ends_on : visit.today
    return {
      organisations: await standingOfOrganisations(store.db, context, campaign, { day, by: 'number' }),
      people: await standingOfPeople(store.db, context, campaign, { by: 'number' }),
    }
  }

  async function page(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    const campaign = await visible(visit, id)
    const say = sayOf(visit)
    return cardPage(visit, {
      ...{ section, list: say('title'), desk, address: `${section}/${id}`, pressed, acted: say('acted') },
      button: { action: 'campaigns.show', value: { campaign: id } },
      below: async () => {
        const reads = await readsEntries(visit, campaign)
        const history = reads ? await historyOf(visit, campaign) : ''
        if (campaign.row.opened_at === null) return html`${history}`
        return html`${standingPanel(visit, campaign, (await standings(visit, campaign)).organisations)}
${reads ? await entriesPanel(visit, campaign) : ''}${await postsPanel(visit, campaign)}${history}`
      },
    })
  }

  function standingPanel(visit: Visit, { row }: Campaign, { rows }: Standing): Html {
    const say = sayOf(visit)
    const places = placesOf(rows, 'number')
    const header = [say('place'), say('unit'), say('count'), say('per-head'), say('adopted'), say('benefit')]
    const lines = rows
      .slice(0, mostLines)
      .map((one, at) => [
        ...[String(places[at]), rowName(one, visit.language), String(one.number)],
        ...[one.perHead === null ? '' : one.perHead.toFixed(2), String(one.adopted), String(one.benefit)],
      ])
    return html`<section class="panel"><h2>${say('standing')}</h2>${table(say('standing'), header, lines)}
<p class="small"><a href="${section}/${row.id}/standing.xlsx" download>${say('standing')} XLSX</a>
<a href="${section}/${row.id}/statistics.xlsx" download>${say('statistics')} XLSX</a></p>${pushButton(visit, row.number)}${pushButton(visit, `活动统计 ${row.number}`)}</section>`
  }

  async function entriesPanel(visit: Visit, { row }: Campaign): Promise<Html> {
    const say = sayOf(visit)
    const entries = await listEntries(store.db, context, { campaign: row.id }, visit.language)
    const lines = entries
      .slice(0, mostLines)
      .map((entry) => [
        ...[entry.record.number, entry.record.subject, entry.record.author],
        ...[entry.record.state, entryState(entry, visit.language)],
      ])
    const header = [say('number'), say('subject'), say('author'), say('state'), say('part')]
    const count = await countEntries(store.db, row.id)
    const cut =
      count > mostLines ? html`<p class="hint">${say('first', { shown: mostLines, count })}</p>` : ''
    return html`<section class="panel"><h2>${say('entries')}</h2>${lines.length === 0 ? html`<p class="empty">${say('no-entries')}</p>` : table(say('entries'), header, lines)}${cut}</section>`
  }

  /** What was said to all, and how far it came. */
  async function postsPanel(visit: Visit, { row }: Campaign): Promise<Html> {
    const say = sayOf(visit)
    const posts = await store.db
      .selectFrom('circulation')
      .select(['origin', 'made_at'])
      .where('origin', 'like', `${postOrigin(row.id, '')}%`)
      .orderBy('made_at')
      .execute()
    const lines: string[][] = []
    for (const { origin, made_at: at } of posts) {
      const { all, chats } = await context.circulation.figures(store.db, origin)
      const people = String(all.sent + all.answered)
      lines.push([
        postTitle(origin, say),
        minuteInChina(new Date(at)),
        String(chats),
        people,
        String(all.unreachable),
      ])
    }
    const header = [say('post'), say('at'), say('groups'), say('people'), say('unreachable')]
    return html`<section class="panel"><h2>${say('posts')}</h2>${table(say('posts'), header, lines)}</section>`
  }

  async function historyOf(visit: Visit, { row }: Campaign): Promise<Html> {
    const say = sayOf(visit)
    const deeds = await store.db
      .selectFrom('campaign_history')
      .leftJoin('person', 'person.id', 'campaign_history.by')
      .select(['campaign_history.what', 'campaign_history.data', 'campaign_history.at', 'person.name'])
      .where('campaign', '=', row.id)
      .orderBy('at', 'desc')
      .orderBy('campaign_history.id')
      .limit(mostLines)
      .execute()
    const lines = deeds.map(({ what, data, at, name }) => {
      const { number, ends, holder, reason, note } = JSON.parse(data) as Partial<Record<string, string>>
      const said = [number, ends, holder, reason, note].filter((one) => one !== undefined && one !== '')
      const values = { what: deedTitle(what, say), name: name ?? say('by-machine'), more: said.join(' · ') }
      return say('did', { ...values, at: minuteInChina(new Date(at)) })
    })
    return historyPanel(say('history'), lines)
  }
}

const posts = ['opening', 'midway', 'closing', 'changed', 'cancelled', 'award-notice', 'results'] as const

function postTitle(origin: string, say: ReturnType<typeof sayOf>): string {
  const post = posts.find((one) => one === origin.split(':')[2])
  return post ? say(`post-${post}`) : say('post-other')
}

const deeds = [
  ...['made', 'draft-changed', 'open', 'reviewing', 'closed', 'cancelled', 'changed'],
  ...['entered', 'left', 'taken-out', 'event-linked'],
  ...[
    'reviewers',
    'dealt',
    'declined',
    'handed',
    'reviewing-ended',
    'proposed',
    'award-added',
    'award-removed',
  ],
  ...['notice', 'objected', 'objection-upheld', 'objection-rejected', 'confirmed'],
] as const

function deedTitle(what: string, say: ReturnType<typeof sayOf>): string {
  const known = deeds.find((one) => one === what)
  return known ? say(`what-${known}` as PageKey) : say('what-other')
}
