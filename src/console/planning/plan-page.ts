import { html } from 'hono/html'
import type { IncomingFile } from '../../chat/incoming.ts'
import { figuresBy } from '../../features/planning/plans/figures.ts'
import { ownersIn, personNames } from '../../features/planning/plans/names.ts'
import { papersOf, paperType } from '../../features/planning/plans/papers.ts'
import { changeText } from '../../features/planning/plans/plan-texts.ts'
import { type Plan, readPlan, reviewsOf, updatesOf } from '../../features/planning/plans/records.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { barChart } from '../bar-chart.ts'
import { addDeskPages, cardPage, makingPage, unmade } from '../desk-pages.ts'
import { sendKept } from '../download.ts'
import { table } from '../frame.ts'
import { historyPanel } from '../history-panel.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'
import { itemsPanel } from './plan-item-table.ts'
import { planSay } from './plan-say.ts'

const section = '/console/plans'
const mostLines = 200

/** A plan with what may be done about it, as its card in chat has it; its items, updates, reviews and history below. */
export function addPlanPageRoutes(routes: ConsoleRoutes): void {
  const { options, get } = routes
  const { store, events, pressing, blobs } = options
  const wakeWorkers = () => events.wakeWorkers()
  const desk = createPageDesk({ store, ...pressing, wakeWorkers }, ['planning'])

  get('/plans/new', async (visit) => {
    needs(visit, 'plan.edit')
    return shown(visit, unmade, await desk.press(visit, { action: 'planning.begin', value: {} }))
  })

  get('/plans/:id', async (visit) => planPage(visit, idIn(visit, 'id'), null))

  addDeskPages(routes, { folder: '/plans', desk, show: shown })

  get('/plans/:id/evidence/:update', async (visit) => {
    const { row } = await readPlan(store.db, idIn(visit, 'id'))
    if (!can(visit.actor, 'plan.view', await placeOf(store.db, row.organisation))) {
      throw new PlainError('console:no-such-record')
    }
    const update = await store.db
      .selectFrom('plan_update')
      .innerJoin('plan_item', 'plan_item.id', 'plan_update.item')
      .select('plan_update.evidence')
      .where('plan_item.plan', '=', row.id)
      .where('plan_update.id', '=', idIn(visit, 'update'))
      .executeTakeFirst()
    return sendKept(blobs, update?.evidence ? (JSON.parse(update.evidence) as IncomingFile) : null)
  })

  get('/plans/:id/papers/:quarter', async (visit) => {
    const { row } = await readPlan(store.db, idIn(visit, 'id'))
    if (!can(visit.actor, 'plan.view', await placeOf(store.db, row.organisation))) {
      throw new PlainError('console:no-such-record')
    }
    const quarter = Number(idIn(visit, 'quarter'))
    const paper = (await papersOf(store.db, row.id)).find((one) => one.quarter === quarter)
    const size = 0
    return sendKept(blobs, paper && { name: paper.name, blob: paper.blob, type: paperType, size })
  })

  async function shown(visit: Visit, id: string, pressed: Pressed): Promise<Response> {
    if (id !== unmade) return planPage(visit, id, pressed)
    needs(visit, 'plan.edit')
    const say = planSay(visit)
    return makingPage(visit, { section, list: say('title'), title: say('begin'), pressed })
  }

  async function planPage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    needs(visit, 'plan.view')
    const say = planSay(visit)
    return cardPage(visit, {
      ...{ section, list: say('title'), desk, address: `${section}/${id}`, pressed, acted: say('acted') },
      button: { action: 'planning.show', value: { plan: id } },
      async below() {
        const plan = await readPlan(store.db, id)
        const edits = can(visit.actor, 'plan.edit', await placeOf(store.db, plan.row.organisation))
        return html`${figurePanel(visit, plan)}
${await itemsPanel(visit, store.db, plan, edits)}
${await updatesPanel(visit, plan)}
${await reviewsPanel(visit, plan)}
${await historyOf(visit, plan)}`
      },
    })
  }

  async function updatesPanel(visit: Visit, { row }: Plan): Promise<Html | ''> {
    const say = planSay(visit)
    const updates = await updatesOf(store.db, row.id, mostLines)
    if (updates.length === 0) return ''
    const names = await personNames(
      store.db,
      updates.flatMap(({ by }) => by ?? []),
    )
    const rows = updates.map(({ id, goal, percent, note, evidence, by, at }) => {
      const file = evidence === null ? null : (JSON.parse(evidence) as IncomingFile)
      return [
        minuteInChina(new Date(at)),
        names.get(by ?? '') ?? '',
        goal,
        `${percent}%`,
        html`${note}${file === null ? '' : html` <a href="${section}/${row.id}/evidence/${id}" download>${file.name}</a>`}`,
      ]
    })
    const header = [say('at'), say('by'), say('goal'), say('percent'), say('note')]
    return html`<section class="panel"><h2>${say('updates')}</h2>${table(say('updates'), header, rows)}</section>`
  }

  async function reviewsPanel(visit: Visit, { row }: Plan): Promise<Html | ''> {
    const say = planSay(visit)
    const reviews = await reviewsOf(store.db, row.id)
    if (reviews.length === 0 && row.summary === '') return ''
    const rows = reviews.map(({ quarter, done, problems, next }) => [String(quarter), done, problems, next])
    const header = [say('quarter'), say('review-done'), say('problems'), say('next-steps')]
    const papers = (await papersOf(store.db, row.id)).map(
      ({ quarter, name }) =>
        html`<li><a href="${section}/${row.id}/papers/${quarter}" download>${name}</a></li>`,
    )
    return html`<section class="panel"><h2>${say('reviews')}</h2>
${rows.length === 0 ? '' : table(say('reviews'), header, rows)}
${row.summary === '' ? '' : html`<h3>${say('summary')}</h3><p class="preserved">${row.summary}</p>`}
${papers.length === 0 ? '' : html`<ul>${papers}</ul>`}</section>`
  }

  async function historyOf(visit: Visit, { row }: Plan): Promise<Html> {
    const say = planSay(visit)
    const history = await store.db
      .selectFrom('plan_history')
      .select(['what', 'data', 'by', 'at'])
      .where('plan', '=', row.id)
      .orderBy('version', 'desc')
      .limit(mostLines)
      .execute()
    const ids = history.flatMap(({ by, data }) => [...(by === null ? [] : [by]), ...ownersIn(data)])
    const names = await personNames(store.db, ids)
    const lines = history.map(({ what, data, by, at }) =>
      say('did', {
        what: changeText(what, JSON.parse(data), names, visit.language),
        ...{ name: by === null ? say('by-machine') : (names.get(by) ?? ''), at: minuteInChina(new Date(at)) },
      }),
    )
    return historyPanel(say('history'), lines)
  }
}

/** How far each section is, as bars, and by clause in the table below. */
function figurePanel(visit: Visit, plan: Plan): Html | '' {
  if (plan.items.length === 0) return ''
  const say = planSay(visit)
  const sections = figuresBy(plan, ({ section: name }) => name, visit.today)
  const clauses = figuresBy(plan, ({ clause }) => clause, visit.today)
    .filter(({ key }) => key !== null)
    .toSorted((one, other) => Number(one.key) - Number(other.key))
  const bars = sections.map(({ key, figures }) => ({
    ...{ label: Array.from(key).slice(0, 8).join(''), value: figures.percent, text: `${figures.percent}%` },
  }))
  const line = (name: string, { figures }: (typeof sections)[number] | (typeof clauses)[number]) => [
    name,
    ...[figures.items, figures.done, figures.late].map(String),
    `${figures.percent}%`,
    String(figures.budget),
  ]
  const header = [say('group'), say('items'), say('done'), say('late'), say('percent'), say('budget')]
  const rows = [
    ...sections.map((one) => line(one.key, one)),
    ...clauses.map((one) => line(say('of-clause', { clause: Number(one.key) }), one)),
  ]
  return html`<section class="panel"><h2>${say('how-far')}</h2>${barChart(say('how-far'), bars)}
${table(say('how-far'), header, rows)}</section>`
}
