import { html } from 'hono/html'
import {
  exportLearning,
  type LearningLine,
  learningLines,
} from '../../features/planning/duties/learning-table.ts'
import { can } from '../../people/can.ts'
import { yearOf } from '../../timers/calendar/day.ts'
import { sendFile } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import { visibleOrganisations } from '../members.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs, type Visit } from '../visit.ts'
import { dutySay } from './duty-say.ts'

const section = '/console/learning'

/** How far cadres are with their learning plans of a year, as a table and as a file. */
export function addLearningRoutes({ options, get }: ConsoleRoutes): void {
  const { store } = options

  async function read(visit: Visit): Promise<{ year: number; lines: LearningLine[] }> {
    needs(visit, 'plan.view')
    const organisations = await visibleOrganisations(store.db, visit.actor)
    const shown = organisations.filter(({ place }) => can(visit.actor, 'plan.view', place))
    const typed = Number(visit.context.req.query('year'))
    const year = Number.isInteger(typed) && typed >= 2000 && typed <= 2199 ? typed : yearOf(visit.today)
    const paths = new Map(shown.map(({ id, path }) => [id, path]))
    return { year, lines: await learningLines(store.db, paths, { year, today: visit.today }) }
  }

  get('/learning', async (visit) => {
    const say = dutySay(visit)
    const { year, lines } = await read(visit)
    const keys = ['organisation', 'cadre', 'target', 'entered', 'of-events', 'rest'] as const
    const rows = lines.map(({ unit, name, progress: { plan, own, events, rest } }) => [
      ...[unit, name, plan === null ? say('no-plan') : String(plan.hours), String(own), String(events)],
      plan === null ? '' : String(rest),
    ])
    const now = yearOf(visit.today)
    // Plans are made for this year and the next; farther back than five years nobody turns page by page.
    const to = (other: number) =>
      other < now - 5 || other > now + 1
        ? html``
        : html`<a class="button" href="${section}?year=${other}">${other}</a>`
    const body = html`<h1>${say('learning', { year })}</h1><p class="actions">${to(year - 1)} ${to(year + 1)}</p>
<section class="panel">${
      rows.length === 0
        ? html`<p class="empty">${say('no-cadres')}</p>`
        : table(
            say('learning', { year }),
            keys.map((key) => say(key)),
            rows,
          )
    }
<p class="small"><a href="${section}/export?year=${year}" download>XLSX</a></p>${pushButton(visit, `学习进度 ${year}`)}</section>`
    return consolePage(visit, { title: say('learning', { year }), body, section })
  })

  get('/learning/export', async (visit) => {
    const { year, lines } = await read(visit)
    return sendFile(visit, exportLearning(lines, { year, language: visit.language }))
  })
}
