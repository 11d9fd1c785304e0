import { html } from 'hono/html'
import {
  exportHonours,
  honouringPlaces,
  honourRows,
  honoursIn,
  printHonours,
} from '../../features/assessment/honours.ts'
import {
  betweenDays,
  type HonoursSpan,
  honoursFileName,
  honoursTitle,
  ofYear,
} from '../../features/assessment/honours-span.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import { addDays, type Day, yearOf } from '../../timers/calendar/day.ts'
import { sendFile, sendWhole } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import { problemBox } from '../problem-box.ts'
import { pushButton } from '../pushes/push-button.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs, type Visit } from '../visit.ts'

const section = '/console/honours'
/** Years that can be chosen, this one among them. */
const mostYears = 10
const mostLines = 500

type HonourKey =
  Extract<KeyOf<'assessment'>, `honours.${string}`> extends `honours.${infer Rest}` ? Rest : never

/** Units and people honoured in a year, a quarter or between two days, by assessments, in campaigns and as model cases; also as XLSX and PDF. */
export function addHonourRoutes({ options, get }: ConsoleRoutes): void {
  const { store, campaigns } = options
  const context = campaigns.assessment

  function spanIn({ context: { req }, today }: Visit): HonoursSpan {
    const [from = '', to = ''] = [req.query('from'), req.query('to')]
    if (from !== '' && to !== '') return betweenDays(from, to)
    const quarter = [1, 2, 3, 4].find((one) => String(one) === req.query('quarter')) ?? null
    const year = yearsUntil(today).find((one) => String(one) === req.query('year'))
    return ofYear(year ?? yearOf(today), quarter)
  }

  async function asked(visit: Visit) {
    needs(visit, 'assessment.view')
    const span = spanIn(visit)
    const places = await honouringPlaces(store.db, visit.who.id, await store.now())
    return { span, honours: await honoursIn(store.db, context, places, span, visit.language) }
  }

  get('/honours', async (visit) => {
    const say = (key: HonourKey, values: Record<string, string | number> = {}) =>
      translate(visit.language, `assessment:honours.${key}`, values)
    let problem = ''
    const found = await asked(visit).catch((error: unknown) => {
      // Days that were chosen wrongly are told above the form, and the form is kept.
      if (!(error instanceof PlainError) || !error.key.startsWith('assessment:honours.')) throw error
      problem = say('wrong-days')
      return { span: ofYear(yearOf(visit.today), null), honours: [] }
    })
    const { span, honours } = found
    const [header = [], ...rows] = honourRows(honours, visit.language)
    const title = honoursTitle(span, visit.language)
    const days = span.year === null
    const query = days
      ? `from=${span.from}&to=${addDays(span.until, -1)}`
      : `year=${span.year}&quarter=${span.quarter ?? ''}`
    const file = (name: string) =>
      html`<a href="${section}/list.${name}?${query}" download>${name.toUpperCase()}</a>`
    const option = (value: number | '', label: string | number, chosen: number | null) =>
      html`<option value="${value}"${value === (chosen ?? '') ? html` selected` : ''}>${label}</option>`
    const lines =
      rows.length === 0
        ? html`<p class="empty">${say('none')}</p>`
        : html`${table(title, header, rows.slice(0, mostLines))}<p class="small">${say('count', { count: rows.length })} ${file('xlsx')} · ${file('pdf')}</p>${span.year === null || span.quarter !== null ? '' : pushButton(visit, `荣誉名单 ${span.year}`)}`
    const body = html`<h1>${title}</h1>
${problemBox(problem)}
<form class="panel filters" action="${section}"><div class="filters-main">
<label>${say('year')}<select name="year">${yearsUntil(visit.today).map((one) => option(one, one, span.year))}</select></label>
<label>${say('quarter')}<select name="quarter">${option('', say('whole-year'), span.quarter)}${[1, 2, 3, 4].map((one) => option(one, say('quarter-name', { quarter: one }), span.quarter))}</select></label>
<label>${say('from')}<input type="date" name="from" value="${days ? span.from : ''}"></label>
<label>${say('to')}<input type="date" name="to" value="${days ? addDays(span.until, -1) : ''}"></label>
<button class="primary">${say('show')}</button></div></form>
<section class="panel lines">${problem === '' ? lines : ''}<p class="small">${say('beside')}</p></section>`
    return consolePage(visit, { title, body, section, status: problem === '' ? 200 : 422 })
  })

  get('/honours/list.xlsx', async (visit) => {
    const { span, honours } = await asked(visit)
    return sendFile(visit, exportHonours(honours, span, visit.language))
  })

  get('/honours/list.pdf', async (visit) => {
    const { span, honours } = await asked(visit)
    const bytes = await printHonours(honours, span, visit.language, await store.now())
    return sendWhole(visit, { bytes, name: `${honoursFileName(span)}.pdf`, type: 'application/pdf' })
  })
}

const yearsUntil = (today: Day) => Array.from({ length: mostYears }, (_, at) => yearOf(today) - at)
