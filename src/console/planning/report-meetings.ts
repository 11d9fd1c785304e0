import { html } from 'hono/html'
import type { IncomingFile } from '../../chat/incoming.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { addDeskPages, cardPage, makingPage, unmade } from '../desk-pages.ts'
import { sendKept } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import { visibleOrganisations } from '../members.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { canSomewhere, idIn, needs, type Visit } from '../visit.ts'
import { dutySay } from './duty-say.ts'

const section = '/console/report-meetings'

/** Reports to leaders: a list, and each on a page of its own with its decisions and what may be done, as in chat. */
export function addReportMeetingRoutes(routes: ConsoleRoutes): void {
  const { options, get } = routes
  const { store, events, pressing, blobs } = options
  const desk = createPageDesk({ store, ...pressing, wakeWorkers: () => events.wakeWorkers() }, ['planning'])

  get('/report-meetings', async (visit) => {
    needs(visit, 'plan.view')
    const say = dutySay(visit)
    const organisations = await visibleOrganisations(store.db, visit.actor)
    const shown = organisations.filter(({ place }) => can(visit.actor, 'plan.view', place))
    const paths = new Map(shown.map(({ id, path }) => [id, path]))
    const all = await store.db
      .selectFrom('report_meeting')
      .innerJoin('person', 'person.id', 'report_meeting.leader')
      .select([
        'report_meeting.id',
        'number',
        'organisation',
        'planned_on',
        'held_on',
        'state',
        'person.name',
      ])
      .orderBy('planned_on', 'desc')
      .orderBy('number', 'desc')
      .execute()
    const meetings = all.filter(({ organisation }) => paths.has(organisation))
    const open = await openDecisions()
    const rows = meetings.map(({ id, number, organisation, planned_on, held_on, state, name }) => [
      html`<a href="${section}/${id}">${number}</a>`,
      ...[paths.get(organisation) ?? '', name, held_on ?? planned_on, say(`meeting.${state}`)],
      String(open.get(id) ?? 0),
    ])
    const header = (['number', 'organisation', 'leader', 'day', 'state', 'open'] as const).map((key) =>
      say(key),
    )
    const arrange = html`<a class="button" href="${section}/${unmade}">${say('arrange')}</a>`
    const body = html`<div class="panel-head page-head"><h1>${say('meetings')}</h1>${canSomewhere(visit.actor, 'plan.edit') ? arrange : ''}</div>
<section class="panel">${rows.length === 0 ? html`<p class="empty">${say('no-meeting')}</p>` : table(say('meetings'), header, rows)}</section>`
    return consolePage(visit, { title: say('meetings'), body, section })
  })

  get('/report-meetings/:id', async (visit) => {
    const id = idIn(visit, 'id')
    if (id !== unmade) return meetingPage(visit, id, null)
    return shown(visit, id, await desk.press(visit, { action: 'planning.meet', value: {} }))
  })

  addDeskPages(routes, {
    ...{ folder: '/report-meetings', desk, show: shown },
    sentIn: (record) => record ?? section,
  })

  // Whoever sees the meeting's card may have what was put to its minutes.
  get('/report-meetings/:id/files/:at', async (visit) => {
    const id = idIn(visit, 'id')
    const own = await desk.press(visit, { action: 'planning.meeting', value: { meeting: id } })
    if (own.isRefused) throw new PlainError('console:no-such-record')
    const at = visit.context.req.param('at')
    return sendKept(
      blobs,
      (await filesOf(id)).find((_, position) => String(position) === at),
    )
  })

  async function filesOf(id: string): Promise<IncomingFile[]> {
    const row = await store.db
      .selectFrom('report_meeting')
      .select('files')
      .where('id', '=', id)
      .executeTakeFirst()
    return JSON.parse(row?.files ?? '[]') as IncomingFile[]
  }

  async function filesPanel(visit: Visit, id: string): Promise<Html | ''> {
    const files = await filesOf(id)
    if (files.length === 0) return ''
    return html`<section class="panel"><h2>${dutySay(visit)('files')}</h2><ul>${files.map(({ name }, at) => html`<li><a href="${section}/${id}/files/${at}" download>${name}</a></li>`)}</ul></section>`
  }

  /** How many decisions of a meeting are open. */
  async function openDecisions(): Promise<Map<string, number>> {
    const rows = await store.db
      .selectFrom('report_decision')
      .select(['meeting', ({ fn }) => fn.countAll<number | string>().as('count')])
      .where('state', '=', 'open')
      .groupBy('meeting')
      .execute()
    return new Map(rows.map(({ meeting, count }) => [meeting, Number(count)]))
  }

  async function shown(visit: Visit, id: string, pressed: Pressed): Promise<Response> {
    if (id !== unmade) return meetingPage(visit, id, pressed)
    needs(visit, 'plan.edit')
    const say = dutySay(visit)
    return makingPage(visit, { section, list: say('meetings'), title: say('arrange'), pressed })
  }

  async function meetingPage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    needs(visit, 'plan.view')
    const say = dutySay(visit)
    return cardPage(visit, {
      ...{ section, list: say('meetings'), desk, address: `${section}/${id}`, pressed, acted: say('acted') },
      button: { action: 'planning.meeting', value: { meeting: id } },
      below: () => filesPanel(visit, id),
    })
  }
}
