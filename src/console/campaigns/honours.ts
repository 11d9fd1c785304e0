import { html } from 'hono/html'
import {
  exportHonours,
  honouringPlaces,
  honourRows,
  honoursOfYear,
  printHonours,
} from '../../features/assessment/honours.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import { sendFile } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs, type Visit } from '../visit.ts'

const section = '/console/honours'
/** Years that can be chosen, this one among them. */
const mostYears = 10
const mostLines = 500

type HonourKey =
  Extract<KeyOf<'assessment'>, `honours.${string}`> extends `honours.${infer Rest}` ? Rest : never

/** Units and people honoured in a year, by assessments, in campaigns and as model cases; also as XLSX and PDF. */
export function addHonourRoutes({ options, get }: ConsoleRoutes): void {
  const { store, campaigns } = options
  const context = campaigns.assessment

  async function asked(visit: Visit) {
    needs(visit, 'assessment.view')
    const current = Number(visit.today.slice(0, 4))
    const years = Array.from({ length: mostYears }, (_, at) => current - at)
    const year = years.find((one) => String(one) === visit.context.req.query('year')) ?? current
    const places = await honouringPlaces(store.db, visit.who.id, await store.now())
    const honours = await honoursOfYear(store.db, context, places, year, visit.language)
    return { years, year, honours }
  }

  get('/honours', async (visit) => {
    const { years, year, honours } = await asked(visit)
    const say = (key: HonourKey, values: Record<string, string | number> = {}) =>
      translate(visit.language, `assessment:honours.${key}`, values)
    const [header = [], ...rows] = honourRows(honours, visit.language)
    const title = say('title', { year })
    const file = (name: string) =>
      html`<a href="${section}/list.${name}?year=${year}" download>${name.toUpperCase()}</a>`
    const body = html`<h1>${title}</h1>
<form class="panel filters" action="${section}"><div class="filters-main">
<label>${say('year')}<select name="year">${years.map((one) => html`<option value="${one}"${one === year ? html` selected` : ''}>${one}</option>`)}</select></label>
<button class="primary">${say('show')}</button></div></form>
<section class="panel lines">${rows.length === 0 ? html`<p class="empty">${say('none')}</p>` : html`${table(title, header, rows.slice(0, mostLines))}<p class="small">${say('count', { count: rows.length })} ${file('xlsx')} · ${file('pdf')}</p>`}</section>`
    return consolePage(visit, { title, body, section })
  })

  get('/honours/list.xlsx', async (visit) => {
    const { year, honours } = await asked(visit)
    return sendFile(visit, exportHonours(honours, year, visit.language))
  })

  get('/honours/list.pdf', async (visit) => {
    const { year, honours } = await asked(visit)
    const bytes = await printHonours(honours, year, visit.language, await store.now())
    return visit.context.body(new Uint8Array(bytes), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="honours-${year}.pdf"`,
      'X-Content-Type-Options': 'nosniff',
    })
  })
}
