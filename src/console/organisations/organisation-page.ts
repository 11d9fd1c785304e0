import { html } from 'hono/html'
import { kindTitle, stateTitle } from '../../features/carriers/carrier-texts.ts'
import { listCarriers } from '../../features/carriers/records.ts'
import type { ProfileChanges } from '../../features/organisations/keep-profile.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { addDeskPages, crumbs, doneLine, outcomePanels } from '../desk-pages.ts'
import { consolePage, table } from '../frame.ts'
import { visibleOrganisations } from '../members.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import { pressedPanels } from '../press-panel.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'
import { addOrganisationDocumentRoutes, documentsPanel } from './organisation-documents.ts'
import { changesText } from './organisation-import.ts'
import { liaisonPanel } from './organisation-liaison.ts'
import { organisationSay } from './organisation-say.ts'

const section = '/console/organisations'

/** An organisation with its profile, as its card in chat has it, its carriers and how its profile was changed. */
export function addOrganisationPageRoutes(routes: ConsoleRoutes): void {
  const { options, get } = routes
  const { store, events, pressing, duties } = options
  const wakeWorkers = () => events.wakeWorkers()
  const desk = createPageDesk({ store, ...pressing, wakeWorkers }, ['organisations', 'founding'])

  addOrganisationDocumentRoutes(routes)

  get('/organisations/:id', async (visit) => organisationPage(visit, idIn(visit, 'id'), null))

  addDeskPages(routes, { folder: '/organisations', desk, show: organisationPage })

  async function organisationPage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    needs(visit, 'profile.view')
    const say = organisationSay(visit)
    const { db } = store
    const organisation = (await visibleOrganisations(db, visit.actor)).find((one) => one.id === id)
    if (!organisation || !can(visit.actor, 'profile.view', organisation.place)) {
      throw new PlainError('console:no-such-record')
    }
    const own = await desk.press(visit, { action: 'organisations.show', value: { organisation: id } })
    const founding = await desk.press(visit, { action: 'founding.show', value: { organisation: id } })
    const address = `${section}/${id}`
    const body = html`${crumbs({ section, list: say('title') })}<h1>${organisation.path}</h1>
${doneLine(visit, say('acted'))}${outcomePanels(visit, address, pressed)}
${pressedPanels(visit, address, { ...own, cards: own.cards.map(({ title: _, ...card }) => card) })}
${founding.isRefused ? '' : pressedPanels(visit, address, founding)}
${documentsPanel(visit, id, duties.founding.knowledgeDir)}
${can(visit.actor, 'liaison.view', organisation.place) ? await liaisonPanel(visit, db, id) : ''}
${can(visit.actor, 'carrier.view', organisation.place) ? await carriersPanel(visit, id) : ''}
${await historyPanel(visit, id)}`
    return consolePage(visit, {
      ...{ title: organisation.name, body, section },
      status: pressed?.isRefused ? 422 : 200,
    })
  }

  async function carriersPanel(visit: Visit, organisation: string): Promise<Html> {
    const say = organisationSay(visit)
    const { language } = visit
    const rows = (await listCarriers(store.db, [organisation])).map(({ row }) => [
      html`<a href="/console/carriers/${row.id}">${row.number}</a>`,
      row.name,
      kindTitle(row.kind, language),
      row.ends_on,
      stateTitle(row.state, language),
    ])
    const header = [say('number'), say('name'), say('kind'), say('until'), say('state')]
    return html`<section class="panel"><h2>${say('carriers')}</h2>${rows.length === 0 ? html`<p class="empty">${say('no-carriers')}</p>` : table(say('carriers'), header, rows)}</section>`
  }

  async function historyPanel(visit: Visit, organisation: string): Promise<Html> {
    const say = organisationSay(visit)
    const rows = await store.db
      .selectFrom('organisation_profile_history as history')
      .leftJoin('person', 'person.id', 'history.by')
      .select(['history.changes', 'history.how', 'history.at', 'person.name'])
      .where('history.organisation', '=', organisation)
      .orderBy('history.at', 'desc')
      .orderBy('history.id')
      .limit(200)
      .execute()
    const lines = rows.map(({ changes, how, at, name }) =>
      say('did', {
        ...{ at: minuteInChina(new Date(at)), name: name ?? say('by-machine'), how: say(`how.${how}`) },
        changes: changesText(visit, JSON.parse(changes) as ProfileChanges),
      }),
    )
    return html`<section class="panel"><h2>${say('history')}</h2>${lines.length === 0 ? html`<p class="empty">${say('no-history')}</p>` : html`<ol class="history">${lines.map((line) => html`<li><p>${line}</p></li>`)}</ol>`}</section>`
  }
}
