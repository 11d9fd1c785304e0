import { html } from 'hono/html'
import { possessions } from '../../features/organisations/port.ts'
import { dutyOrigin, organisationsWithCadres } from '../../features/planning/duties/keep-duties.ts'
import { dutiesFile } from '../../features/planning/duties/part.ts'
import { findings, lastReview } from '../../features/planning/duties/rules-review.ts'
import { readDutyTemplates } from '../../features/planning/duties/templates.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import { can } from '../../people/can.ts'
import { readPerson } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { yearOf } from '../../timers/calendar/day.ts'
import { addDeskPages, crumbs, doneLine, outcomePanels } from '../desk-pages.ts'
import { consolePage, table } from '../frame.ts'
import { visibleOrganisations } from '../members.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import { pressButton } from '../press-panel.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'
import { dutySay } from './duty-say.ts'
import { dutyStates, instantText, nextText } from './duty-states.ts'

const section = '/console/rules-reviews'
/** The duty that asks for a review each year. */
const duty = 'rules-review'

type PageKey = Extract<KeyOf<'duty-pages'>, `rules.${string}`> extends `rules.${infer Rest}` ? Rest : never

/** A text of the pages of reviews in the language of the screen. */
function ruleSay({ language }: Pick<Visit, 'language'>) {
  return (key: PageKey, values: Record<string, string> = {}) =>
    translate(language, `duty-pages:rules.${key}`, values)
}

/** Rules and institutions as they are reviewed each year: where it was done, what was found, and the form to do it. */
export function addRulesReviewRoutes(routes: ConsoleRoutes): void {
  const { options, get } = routes
  const { store, events, pressing, duties } = options
  const desk = createPageDesk({ store, ...pressing, wakeWorkers: () => events.wakeWorkers() }, ['planning'])
  const template = readDutyTemplates(dutiesFile(duties.planning)).find(({ id }) => id === duty)

  /** Organisations whose plans the visitor may see. */
  async function organisationsOf(visit: Visit) {
    needs(visit, 'plan.view')
    const visible = await visibleOrganisations(store.db, visit.actor)
    return visible.filter(({ place }) => can(visit.actor, 'plan.view', place))
  }

  get('/rules-reviews', async (visit) => {
    const say = ruleSay(visit)
    const word = dutySay(visit)
    const reviews = await lastReviews()
    const withCadres = await organisationsWithCadres(store.db, visit.today)
    const shown = (await organisationsOf(visit)).filter(({ id }) => withCadres.has(id) || reviews.has(id))
    const states = await dutyStates(store.db)
    const year = yearOf(visit.today)
    const rows = shown.map(({ id, path }) => {
      const last = reviews.get(id)
      const isDone = last?.year === year
      const state = states.get(dutyOrigin(duty, id))
      const isOn = withCadres.has(id) && template !== undefined && (state?.on ?? template.on)
      return [
        html`<a href="${section}/${id}">${path}</a>`,
        html`<span class="tag${isDone ? ' state-open' : ' waiting'}">${say(isDone ? 'checked' : 'unchecked')}</span>`,
        last ? `${instantText(last.at)} ${last.number}` : '',
        ...findings.map((finding) => (last ? String(last.found.get(finding) ?? 0) : '')),
        isOn ? nextText(visit, state) : '',
      ]
    })
    const header = [
      ...[word('organisation'), word('state'), say('last')],
      ...[...findings.map((finding) => say(finding)), word('next')],
    ]
    const body = html`<h1>${say('title')}</h1><p class="small">${say('lead')}</p>
<section class="panel">${rows.length === 0 ? html`<p class="empty">${say('none')}</p>` : table(say('title'), header, rows)}</section>`
    return consolePage(visit, { title: say('title'), body, section })
  })

  get('/rules-reviews/:id', async (visit) => reviewPage(visit, idIn(visit, 'id'), null))
  addDeskPages(routes, { folder: '/rules-reviews', desk, show: reviewPage })

  async function reviewPage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    const say = ruleSay(visit)
    const organisation = (await organisationsOf(visit)).find((one) => one.id === id)
    if (!organisation) throw new PlainError('console:no-such-record')
    const address = `${section}/${id}`
    const label = say('begin')
    const begin = can(visit.actor, 'plan.edit', organisation.place)
      ? pressButton(visit, address, {
          ...{ label, action: 'planning.rules-review', value: { organisation: id }, style: 'primary' },
        })
      : ''
    const body = html`${crumbs({ section, list: say('title') })}<div class="panel-head page-head"><h1>${organisation.path}</h1>${pressed?.form ? '' : begin}</div>
${doneLine(visit, dutySay(visit)('acted'))}${outcomePanels(visit, address, pressed)}
${await foundPanel(visit, id)}`
    const status = pressed?.isRefused ? 422 : 200
    return consolePage(visit, { title: organisation.name, body, section, status })
  }

  async function foundPanel(visit: Visit, organisation: string): Promise<Html> {
    const say = ruleSay(visit)
    const last = await lastReview(store.db, organisation)
    if (!last) return html`<section class="panel"><p class="empty">${say('no-review')}</p></section>`
    const { row, lines } = last
    const name = row.by === null ? '' : ((await readPerson(store.db, row.by))?.name ?? '')
    const there = (JSON.parse(row.institutions) as string[]).map((one) => institutionName(visit, one))
    const header = [say('rule'), say('finding'), say('note')]
    const rows = lines.map(({ title, finding, note }) => [title, say(finding), note])
    return html`<section class="panel"><h2>${say('found')}</h2>
<p class="small">${row.number} · ${instantText(row.at)}${name === '' ? '' : ` · ${name}`}</p>
${rows.length === 0 ? '' : table(say('found'), header, rows)}
<p>${there.length === 0 ? say('no-institution') : say('institutions', { names: there.join(dutySay(visit)('joint')) })}</p>
${row.note === '' ? '' : html`<p class="preserved">${row.note}</p>`}</section>`
  }

  /** The last review of each organisation, with how many rules were found how. */
  async function lastReviews() {
    const rows = await store.db
      .selectFrom('rules_review')
      .select(['id', 'number', 'organisation', 'year', 'at'])
      .orderBy('at')
      .orderBy('number')
      .execute()
    const counts = await store.db
      .selectFrom('rules_review_line')
      .select(['review', 'finding', ({ fn }) => fn.countAll<number | string>().as('count')])
      .groupBy(['review', 'finding'])
      .execute()
    const found = Map.groupBy(counts, ({ review }) => review)
    return new Map(
      rows.map(({ id, ...row }) => {
        const own = (found.get(id) ?? []).map(({ finding, count }) => [finding, Number(count)] as const)
        return [row.organisation, { ...row, found: new Map(own) }]
      }),
    )
  }
}

function institutionName({ language }: Visit, name: string): string {
  const key = possessions.find((one) => one === name)
  return key ? translate(language, `planning:duty.institution.${key}`) : name
}
