import { html } from 'hono/html'
import { PlainError } from '../messages/plain-error.ts'
import { can } from '../people/can.ts'
import type { Html } from '../platforms/web/plain-page.ts'
import type { ConsoleRoutes } from './console.ts'
import { dutySay } from './duty-say.ts'
import { consolePage, table } from './frame.ts'
import { largestFormPage } from './limits.ts'
import { visibleOrganisations } from './members.ts'
import { createPageDesk, type Pressed } from './page-desk.ts'
import { pressedPanels } from './press-panel.ts'
import { buttonIn } from './record.ts'
import { pageIn } from './record-form.ts'
import { canSomewhere, idIn, needs, type Visit } from './visit.ts'

const section = '/console/report-meetings'
/** Where a meeting is arranged: there is none yet. */
const unmade = 'new'

/** Reports to leaders: a list, and each on a page of its own with its decisions and what may be done, as in chat. */
export function addReportMeetingRoutes({ options, get, post }: ConsoleRoutes): void {
  const { store, events, pressing } = options
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

  for (const path of ['/report-meetings/:id/press', '/report-meetings/:id/form']) {
    get(path, async (visit) => visit.context.redirect(`${section}/${idIn(visit, 'id')}`, 303))
  }

  post('/report-meetings/:id/press', async (visit, fields) =>
    shown(visit, idIn(visit, 'id'), await desk.press(visit, buttonIn(fields))),
  )

  post(
    '/report-meetings/:id/form',
    async (visit, fields) => {
      const id = idIn(visit, 'id')
      const page = pageIn(fields)
      const answered = await desk.answer(visit, page)
      const address = id === unmade ? section : `${section}/${id}`
      if (page.step === 'cancel' || answered.isSubmitted) return visit.context.redirect(address, 303)
      return shown(visit, id, answered)
    },
    largestFormPage,
  )

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
    const body = html`${crumbs(visit)}<h1>${say('arrange')}</h1>
${said(pressed)}<div class="pressed">${pressedPanels(visit, `${section}/${unmade}`, pressed)}</div>`
    return consolePage(visit, { title: say('arrange'), body, section, status: pressed.isRefused ? 422 : 200 })
  }

  async function meetingPage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    needs(visit, 'plan.view')
    // What the card in chat shows is decided there; so is who may see it.
    const own = await desk.press(visit, { action: 'planning.meeting', value: { meeting: id } })
    const [card] = own.cards
    if (own.isRefused || !card) throw new PlainError('console:no-such-record')
    const { title = '', ...content } = card
    const address = `${section}/${id}`
    const body = html`${crumbs(visit)}<h1>${title}</h1>
${pressed ? html`${said(pressed)}<div class="pressed">${pressedPanels(visit, address, pressed)}</div>` : ''}
${pressedPanels(visit, address, { ...own, cards: [content] })}`
    return consolePage(visit, { title, body, section, status: pressed?.isRefused ? 422 : 200 })
  }
}

function crumbs(visit: Visit): Html {
  return html`<p class="crumbs"><a href="${section}">${dutySay(visit)('meetings')}</a></p>`
}

function said({ toast, isRefused }: Pressed): Html | '' {
  if (toast === '') return ''
  return isRefused
    ? html`<p class="done problem-box" role="alert">${toast}</p>`
    : html`<p class="done" role="status">${toast}</p>`
}
