import { html } from 'hono/html'
import {
  dutyOrigin,
  organisationsWithCadres,
  switchDuty,
} from '../../features/planning/duties/keep-duties.ts'
import { dutiesFile } from '../../features/planning/duties/part.ts'
import { type DutyTemplate, readDutyTemplates } from '../../features/planning/duties/templates.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { can } from '../../people/can.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import { type VisibleOrganisation, visibleOrganisations } from '../members.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs, type Visit } from '../visit.ts'
import { dutySay } from './duty-say.ts'
import { type DutyState, dutyStates, instantText, nextText } from './duty-states.ts'

const section = '/console/duties'

/** Which duties of the guideline hold where, when they come next and were done last; switched off and on here. */
export function addDutyRoutes({ options, get, post }: ConsoleRoutes): void {
  const { store, duties } = options
  const templates = readDutyTemplates(dutiesFile(duties.planning))

  get('/duties', async (visit) => {
    needs(visit, 'plan.view')
    const say = dutySay(visit)
    const visible = await visibleOrganisations(store.db, visit.actor)
    const withCadres = await organisationsWithCadres(store.db, visit.today)
    const shown = visible.filter(
      ({ id, place }) => withCadres.has(id) && can(visit.actor, 'plan.view', place),
    )
    const states = await dutyStates(store.db)
    const panels = templates.map((template) => dutyPanel(visit, template, shown, states))
    const body = html`<h1>${say('title')}</h1><p class="small">${say('intro')}</p>
${shown.length === 0 ? html`<p class="empty">${say('none')}</p>` : panels}`
    return consolePage(visit, { title: say('title'), body, section })
  })

  post('/duties', async (visit, fields) => {
    const organisation = fields.text('organisation')
    const places = await visibleOrganisations(store.db, visit.actor)
    const place = places.find(({ id }) => id === organisation)?.place
    if (!place || !can(visit.actor, 'plan.edit', place)) throw new PlainError('console:not-allowed')
    await store.transaction(async (trx) =>
      switchDuty(trx, duties.planning, templates, {
        ...{ duty: fields.text('duty'), organisation, on: fields.text('on') === 'yes' },
        ...{ by: visit.who.id, now: await store.now(trx) },
      }),
    )
    return visit.context.redirect(section, 303)
  })
}

function dutyPanel(
  visit: Visit,
  template: DutyTemplate,
  organisations: readonly VisibleOrganisation[],
  states: ReadonlyMap<string, DutyState>,
) {
  const say = dutySay(visit)
  const rows = organisations.map(({ id, path, place }) => {
    const state = states.get(dutyOrigin(template.id, id))
    const isOn = state?.on ?? template.on
    const change = html`<form method="post" action="${section}">${csrfField(visit)}<input type="hidden" name="duty" value="${template.id}"><input type="hidden" name="organisation" value="${id}"><input type="hidden" name="on" value="${isOn ? 'no' : 'yes'}"><button>${say(isOn ? 'let-off' : 'hold')}</button></form>`
    return [
      path,
      html`<span class="tag${isOn ? ' state-open' : ''}">${say(isOn ? 'on' : 'off')}</span>`,
      isOn ? nextText(visit, state) : '',
      instantText(state?.doneAt ?? null),
      can(visit.actor, 'plan.edit', place) ? change : '',
    ]
  })
  const header = (['organisation', 'state', 'next', 'last'] as const).map((key) => say(key))
  return html`<section class="panel"><h2>${template.title[visit.language]}</h2>
<p class="small">${say('clause', { clause: template.clause })} · ${template.text[visit.language]}</p>
${table(template.title[visit.language], [...header, ''], rows)}</section>`
}
