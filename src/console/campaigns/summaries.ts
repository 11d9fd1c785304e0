import { html } from 'hono/html'
import { type Fact, type FactSection, gatherFacts } from '../../features/summaries/gather-facts.ts'
import type { Source } from '../../features/summaries/measures.ts'
import { readOutline } from '../../features/summaries/outline.ts'
import { type Period, quarterPeriod, yearPeriod } from '../../features/summaries/period.ts'
import { type Chosen, highestOf, placeById } from '../../features/summaries/place.ts'
import { periodLine, summaryTitle } from '../../features/summaries/summary-texts.ts'
import { writeSummary } from '../../features/summaries/write-document.ts'
import { writeWithModel } from '../../features/summaries/write-with-model.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import { listOrganisations, type PlacedOrganisation } from '../../people/organisations.ts'
import { reachOf } from '../../people/reach.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { yearOf } from '../../timers/calendar/day.ts'
import { sendWhole } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs, type Visit } from '../visit.ts'

const section = '/console/summaries'
/** Years that can be chosen, this one among them. */
const mostYears = 5
/** Records of a figure that a page names. */
const mostSources = 100

/** Where the records of a number's prefix have their pages; others were sent in. Visits have none. */
const pages = {
  JH: ['plan', 'plans'],
  HD: ['event_entry', 'events'],
  TZ: ['notice', 'notices'],
  JB: ['campaign', 'campaigns'],
  ZX: ['consultation', 'consultations'],
  SJ: ['collection', 'collections'],
  KH: ['assessment', 'assessments'],
} as const

type PageKey = Extract<KeyOf<'summaries'>, `page.${string}`> extends `page.${infer Rest}` ? Rest : never

const sayOf =
  ({ language }: Pick<Visit, 'language'>) =>
  (key: PageKey, values: Record<string, string | number> = {}) =>
    translate(language, `summaries:page.${key}`, values)

/** Summaries of a year or a quarter: each figure with the records behind it, and the document. */
export function addSummaryRoutes({ options, get }: ConsoleRoutes): void {
  const { store, campaigns } = options
  const context = { ...campaigns.summaries, ...readOutline(campaigns.summaries.knowledgeDir) }

  get('/summaries', async (visit) => {
    const say = sayOf(visit)
    const { place, period, sections, organisations, now } = await asked(visit)
    const years = Array.from({ length: mostYears }, (_, at) => yearOf(visit.today) - at)
    const option = (value: string | number, label: string | number, chosen: string | number) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`
    const quarters = [1, 2, 3, 4].map((one) =>
      option(one, say('quarter-name', { quarter: one }), period.quarter ?? ''),
    )
    const query = `organisation=${place.organisation}&year=${period.year}&quarter=${period.quarter ?? ''}`
    const facts = sections.some((one) => one.facts.length > 0)
    const body = html`<h1>${summaryTitle(place.name, period, visit.language)}</h1>
<form class="panel filters" action="${section}"><div class="filters-main">
<label>${say('organisation')}<select name="organisation">${organisations.map(({ id, path }) => option(id, path, place.organisation))}</select></label>
<label>${say('year')}<select name="year">${years.map((one) => option(one, one, period.year))}</select></label>
<label>${say('quarter')}<select name="quarter">${option('', say('whole-year'), period.quarter ?? '')}${quarters}</select></label>
<button class="primary">${say('show')}</button></div></form>
<p class="small">${periodLine(period, now, visit.language)}${facts ? html` <a href="${section}/document?${query}" download>${say('document')}</a>` : ''}</p>
${sections.map((one) => sectionPanel(visit, one))}`
    return consolePage(visit, { title: say('title'), body, section })
  })

  get('/summaries/document', async (visit) => {
    const { place, period, sections, now } = await asked(visit)
    const { model, words } = context
    const { language } = visit
    const { signal } = visit.context.req.raw
    const written = await writeWithModel(sections, { model, words, language, signal })
    const file = await writeSummary({ name: place.name, period, sections: written, now }, language)
    return sendWhole(visit, { bytes: file.bytes, name: file.name, type: file.mediaType })
  })

  // The page that it leads to asks for the right to it.
  get('/summaries/record', async (visit) => {
    needs(visit, 'summary.make')
    const number = /^[A-Z]{2,4}-\d{4}-\d{1,9}/.exec(visit.context.req.query('number') ?? '')?.[0] ?? ''
    const prefix = number.slice(0, 2) as keyof typeof pages
    const [table, folder] = Object.hasOwn(pages, prefix)
      ? pages[prefix]
      : (['submission', 'submissions'] as const)
    const row = await store.db.selectFrom(table).select('id').where('number', '=', number).executeTakeFirst()
    if (!row) throw new PlainError('console:no-such-record')
    return visit.context.redirect(`/console/${folder}/${row.id}`, 303)
  })

  async function asked(visit: Visit): Promise<{
    place: Chosen
    period: Period
    sections: FactSection[]
    organisations: PlacedOrganisation[]
    now: Date
  }> {
    needs(visit, 'summary.make')
    const { who, actor, language, today } = visit
    const now = await store.now()
    const all = await listOrganisations(store.db)
    const reached = new Set(reachOf(all, actor, ['summary.make']).organisations)
    const organisations = all.filter(({ id }) => reached.has(id))
    const chosen = (visit.context.req.query('organisation') ?? '').trim()
    const first = chosen === '' ? (await highestOf(store.db, who.id, now))[0]?.id : chosen
    const place = await placeById(store.db, first ?? '', who.id, now)
    const typed = Number(visit.context.req.query('year'))
    const isYear = Number.isInteger(typed) && typed > yearOf(today) - mostYears && typed <= yearOf(today)
    const year = isYear ? typed : yearOf(today)
    const quarter = [1, 2, 3, 4].find((one) => String(one) === visit.context.req.query('quarter'))
    const period = quarter === undefined ? yearPeriod(year) : quarterPeriod(year, quarter)
    const sections = await gatherFacts(store.db, context, place, { period, now, language })
    return { place, period, sections, organisations, now }
  }
}

function sectionPanel(visit: Visit, { heading, facts }: FactSection): Html {
  const say = sayOf(visit)
  const header = [say('fact'), say('figure'), say('records')]
  const rows = facts.map((fact) => [fact.text, `${fact.figure} ${fact.unit}`, sourceLinks(visit, fact)])
  return html`<section class="panel lines"><h2>${heading}</h2>${rows.length === 0 ? html`<p class="empty">${say('nothing')}</p>` : table(heading, header, rows)}</section>`
}

function sourceLinks(visit: Visit, { sources }: Fact): Html {
  const say = sayOf(visit)
  const left = sources.length - mostSources
  return html`<details><summary>${say('count', { count: sources.length })}</summary><ul>${sources
    .slice(0, mostSources)
    .map(
      (source) => html`<li>${sourceLink(source)}</li>`,
    )}</ul>${left > 0 ? say('more', { count: left }) : ''}</details>`
}

/** Organisations are called by their names alone, and visits have no page. */
function sourceLink({ number, title }: Source): Html {
  if (!/^[A-Z]{2,4}-\d{4}-/.test(number) || number.startsWith('ZF-')) return html`${number} ${title}`
  return html`<a href="${section}/record?number=${encodeURIComponent(number)}">${number}</a> ${title}`
}
