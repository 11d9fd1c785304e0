import { html } from 'hono/html'
import { exportMissing } from '../../features/notices/export-missing.ts'
import { keptLinks, newsOrganisation } from '../../features/notices/news/links.ts'
import { kindTitle, stateTitle } from '../../features/notices/notice-cards.ts'
import { listNotices, type Notice, originOf, readNotice } from '../../features/notices/records.ts'
import { standingOf } from '../../features/notices/show-notice.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import { placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { reachOf } from '../../people/reach.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { addDeskPages, cardPage, makingPage, unmade } from '../desk-pages.ts'
import { sendFile } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import { askedPage, pageTurns } from '../paging.ts'
import { pressButton } from '../press-panel.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'

const section = '/console/notices'
const pageSize = 50

type PageKey = Extract<KeyOf<'notices'>, `page.${string}`> extends `page.${infer Rest}` ? Rest : never

const sayOf =
  ({ language }: Pick<Visit, 'language'>) =>
  (key: PageKey, values: Record<string, string | number> = {}) =>
    translate(language, `notices:page.${key}`, values)

/** Notices: a list, each on a page of its own with who has read it, and the list of who has not as a file. */
export function addNoticeRoutes(routes: ConsoleRoutes): void {
  const { options, get } = routes
  const { store, events, pressing, campaigns } = options
  const { circulation } = campaigns.notices
  const desk = createPageDesk({ store, ...pressing, wakeWorkers: () => events.wakeWorkers() }, ['notices'])

  get('/notices', async (visit) => {
    needs(visit, 'notice.make')
    const say = sayOf(visit)
    const page = askedPage(visit)
    const reach = reachOf(await listOrganisations(store.db), visit.actor, ['notice.make'])
    const { notices, count } = await listNotices(store.db, reach.all ? null : reach.organisations, {
      ...{ offset: (page - 1) * pageSize, most: pageSize },
    })
    const rows = []
    for (const notice of notices) rows.push(await lineOf(visit, notice))
    const header = (['number', 'notice', 'unit', 'state', 'read', 'unread', 'sent'] as const).map((key) =>
      say(key),
    )
    const turns = pageTurns(visit, {
      page,
      hasMore: page * pageSize < count,
      addressOf: (to) => `${section}?page=${to}`,
    })
    const body = html`<div class="panel-head page-head"><h1>${say('title')}</h1><a class="button" href="${section}/new">${say('make')}</a></div>
<section class="panel lines">${rows.length === 0 ? html`<p class="empty">${say('none')}</p>` : table(say('title'), header, rows)}
${turns}</section>
${await linksPanel(visit)}`
    return consolePage(visit, { title: say('title'), body, section })
  })

  get('/notices/new', async (visit) => {
    needs(visit, 'notice.make')
    return shown(visit, unmade, await desk.press(visit, { action: 'notices.make', value: {} }))
  })

  get('/notices/save-link', async (visit) => {
    needs(visit, 'notice.make')
    return shown(visit, unmade, await desk.press(visit, { action: 'notices.new-link', value: {} }))
  })

  // A digest is a notice like others: its form is filled in with the links, and looked over before it goes out.
  get('/notices/compile', async (visit) => {
    needs(visit, 'notice.make')
    return shown(visit, unmade, await desk.press(visit, { action: 'notices.compile', value: {} }))
  })

  get('/notices/:id/unread', async (visit) => {
    const notice = await visibleNotice(visit, idIn(visit, 'id'))
    return sendFile(visit, exportMissing(store, circulation, notice, visit.language))
  })

  get('/notices/:id', async (visit) => noticePage(visit, idIn(visit, 'id'), null))

  addDeskPages(routes, { folder: '/notices', desk, show: shown, sentIn: (record) => record ?? section })

  /** Links that are kept for the next news. */
  async function linksPanel(visit: Visit): Promise<Html | ''> {
    const say = sayOf(visit)
    const organisation = await newsOrganisation(store.db, visit.who.id, await store.now()).catch(
      (error: unknown) => {
        if (error instanceof PlainError) return null
        throw error
      },
    )
    if (organisation === null) return ''
    const rows = (await keptLinks(store.db, [organisation])).map(({ id, url, title, topic, saved_at }) => [
      html`<a href="${url}" rel="noopener noreferrer">${title}</a>`,
      translate(visit.language, `notices:topic.${topic}`),
      minuteInChina(new Date(saved_at)),
      pressButton(visit, `${section}/${unmade}`, {
        ...{ label: say('drop-link'), action: 'notices.drop-link', value: { link: id } },
      }),
    ])
    const header = [say('link'), say('topic'), say('saved'), '']
    return html`<section class="panel"><h2>${say('links')}</h2>
${rows.length === 0 ? html`<p class="empty">${say('no-links')}</p>` : table(say('links'), header, rows)}
<p class="actions"><a class="button" href="${section}/save-link">${say('save-link')}</a>${rows.length === 0 ? '' : html`<a class="button" href="${section}/compile">${say('compile')}</a>`}</p></section>`
  }

  async function lineOf(visit: Visit, notice: Notice) {
    const { row, organisation } = notice
    const { read, unread, unreachable } = await standingOf(store.db, circulation, notice)
    const isAsked = row.asks === 1 && row.state !== 'draft'
    return [
      html`<a href="${section}/${row.id}">${row.number}</a>`,
      html`<a href="${section}/${row.id}">${row.title}</a><br><span class="small-inline">${kindTitle(row.kind, visit.language)}</span>`,
      organisation,
      html`<span class="tag${row.state === 'sent' ? ' state-open' : ''}">${stateTitle(row.state, visit.language)}</span>`,
      isAsked ? String(read) : '',
      isAsked ? String(unread + unreachable) : '',
      row.sent_at === null ? '' : minuteInChina(new Date(row.sent_at)),
    ]
  }

  /** Throws PlainError, a 404 page, for who does not make it. */
  async function visibleNotice(visit: Visit, id: string): Promise<Notice> {
    needs(visit, 'notice.make')
    const notice = await readNotice(store.db, id).catch((error: unknown) => {
      throw error instanceof PlainError ? new PlainError('console:no-such-record') : error
    })
    const place = await placeOf(store.db, notice.row.organisation)
    if (!can(visit.actor, 'notice.make', place)) throw new PlainError('console:no-such-record')
    return notice
  }

  async function shown(visit: Visit, id: string, pressed: Pressed): Promise<Response> {
    if (id !== unmade) return noticePage(visit, id, pressed)
    needs(visit, 'notice.make')
    const say = sayOf(visit)
    return makingPage(visit, { section, list: say('title'), title: say('make'), pressed })
  }

  async function noticePage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    const notice = await visibleNotice(visit, id)
    const say = sayOf(visit)
    return cardPage(visit, {
      ...{ section, list: say('title'), desk, address: `${section}/${id}`, pressed, acted: say('acted') },
      button: { action: 'notices.show', value: { notice: id } },
      below: async () => html`${await unitsPanel(visit, notice)}${await historyPanel(visit, store.db, id)}`,
    })
  }

  /** How many of each unit know it, with the list of those who do not. */
  async function unitsPanel(visit: Visit, { row }: Notice): Promise<Html | ''> {
    if (row.asks === 0 || row.state === 'draft') return ''
    const say = sayOf(visit)
    const { byOrganisation } = await circulation.figures(store.db, originOf(row.id))
    const units = new Map((await listOrganisations(store.db)).map(({ id, path }) => [id, path]))
    const rows = [...byOrganisation].map(([id, counts]) => [
      units.get(id ?? '') ?? say('no-unit'),
      ...[counts.answered, counts.sent + counts.waiting, counts.unreachable].map(String),
    ])
    const header = [say('unit'), say('read'), say('unread'), say('unreachable')]
    return html`<section class="panel"><h2>${say('by-unit')}</h2>${table(say('by-unit'), header, rows)}
<p class="small"><a href="${section}/${row.id}/unread" download>${say('download')}</a></p>${pushButton(visit, row.number)}</section>`
  }
}

async function historyPanel(visit: Visit, db: Reads, notice: string): Promise<Html> {
  const say = sayOf(visit)
  const rows = await db
    .selectFrom('notice_history')
    .leftJoin('person', 'person.id', 'notice_history.by')
    .select(['notice_history.what', 'notice_history.at', 'notice_history.data', 'person.name'])
    .where('notice', '=', notice)
    .orderBy('at', 'desc')
    .orderBy('notice_history.id')
    .limit(200)
    .execute()
  const lines = rows.map(({ what, at, data, name }) => {
    const did = say('did', {
      what: say(`what.${what}`),
      name: name ?? say('by-machine'),
      at: minuteInChina(new Date(at)),
    })
    // What stood there before a correction, or why it was taken back.
    const { title, text, reason } = JSON.parse(data) as Record<string, string>
    return html`<li><p>${did}</p>${title === undefined ? '' : html`<p class="small">${say('before', { title })}</p><p class="small">${(text ?? '').split('\n').map((line) => html`${line}<br>`)}</p>`}${reason === undefined ? '' : html`<p class="small">${say('reason', { reason })}</p>`}</li>`
  })
  return html`<section class="panel"><h2>${say('history')}</h2><ol class="history">${lines}</ol></section>`
}
