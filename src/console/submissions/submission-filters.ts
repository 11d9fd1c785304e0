import { html } from 'hono/html'
import { statesOf } from '../../features/submissions/board.ts'
import type { Kinds } from '../../features/submissions/definition/kinds.ts'
import type { ListFilters } from '../../features/submissions/list-submissions.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { can } from '../../people/can.ts'
import { isInForce, toMembership } from '../../people/memberships.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { isDay } from '../../timers/calendar/day.ts'
import { type VisibleOrganisation, visibleOrganisations } from '../members.ts'
import type { Visit } from '../visit.ts'

/** What can be chosen to narrow a list. */
export interface FilterChoices {
  organisations: VisibleOrganisation[]
  /** Those who hold an office in them. */
  handlers: { id: string; name: string }[]
}

const longestText = 100

export async function filterChoices(db: Reads, { actor, today, who }: Visit): Promise<FilterChoices> {
  const all = await visibleOrganisations(db, actor)
  const organisations = all.filter(({ place }) => can(actor, 'submission.view', place))
  const ids = organisations.map(({ id }) => id)
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom('membership')
          .innerJoin('person', 'person.id', 'membership.person')
          .selectAll('membership')
          .select('person.name')
          .where('organisation', 'in', ids)
          .where('role', 'in', ['cadre', 'liaison', 'leader', 'admin'])
          .orderBy('person.name')
          .execute()
  const held = rows.filter((row) => isInForce(toMembership(row), today))
  const handlers = new Map([[who.id, who.name], ...held.map(({ person, name }) => [person, name] as const)])
  return { organisations, handlers: [...handlers].map(([id, name]) => ({ id, name })) }
}

/** The filters in a page's address. Throws PlainError for a day that is none, or an organisation out of reach. */
export function filtersIn({ context }: Visit, { organisations }: FilterChoices): ListFilters {
  const query = (name: string) => (context.req.query(name) ?? '').toWellFormed().replaceAll('\0', '').trim()
  const word = (name: string) => (/^[\w-]{1,64}$/.test(query(name)) ? query(name) : '')
  const day = (name: string) => {
    const given = query(name)
    if (given !== '' && !isDay(given)) throw new PlainError('console:not-understood')
    return given
  }
  const filters: ListFilters = {}
  if (word('kind') !== '') filters.kind = word('kind')
  if (word('kind') !== '' && word('state') !== '') filters.states = [word('state')]
  if (word('kind') !== '' && word('variety') !== '') filters.variety = word('variety')
  if (word('handler') !== '') filters.handler = word('handler')
  if (day('from') !== '') filters.from = day('from')
  if (day('until') !== '') filters.until = day('until')
  if (query('overdue') !== '') filters.overdue = true
  if (/^\d{4}$/.test(query('awarded'))) filters.awarded = Number(query('awarded'))
  if (query('q') !== '') filters.text = [...query('q')].slice(0, longestText).join('')
  const organisation = word('organisation')
  if (organisation !== '') {
    if (!organisations.some(({ id }) => id === organisation)) throw new PlainError('console:no-such-record')
    filters.organisation = organisation
  }
  return filters
}

/** The same filters as they stand in an address, for the next page and for downloads. */
export function addressOf(filters: ListFilters, more: Record<string, string> = {}): string {
  const { kind, states, variety, organisation, handler, from, until, overdue, awarded, text } = filters
  const given = { kind, state: states?.[0], variety, organisation, handler, from, until, q: text }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({
    ...given,
    ...{ awarded: awarded?.toString(), overdue: overdue ? 'yes' : undefined },
    ...more,
  })) {
    if (value !== undefined && value !== '') query.set(name, value)
  }
  return query.size === 0 ? '' : `?${query}`
}

/** The form over a list. States and varieties are those of the chosen kind, since each has its own. */
export function filterForm(
  { say, language }: Visit,
  kinds: Kinds,
  { organisations, handlers }: FilterChoices,
  filters: ListFilters,
): Html {
  const option = (value: string, label: string, chosen: string | undefined) =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`
  const all = html`<option value="">${say('submissions.all')}</option>`
  const versions = kinds.everyVersion()
  const kind = kinds.all().find((one) => one.kind === filters.kind)
  const isNarrowed = Object.keys(filters).some((name) => !['kind', 'text'].includes(name))
  return html`<form class="panel filters" role="search" action="/console/submissions">
<div class="filters-main">
<label>${say('submissions.words')}<input name="q" type="search" value="${filters.text ?? ''}" maxlength="${longestText}" placeholder="${say('submissions.words-hint')}"></label>
<label>${say('submissions.kind')}<select name="kind">${all}${kinds.all().map(({ kind, title }) => option(kind, translate(language, title), filters.kind))}</select></label>
<button class="primary">${say('submissions.find')}</button></div>
<details class="filters-more"${isNarrowed ? html` open` : ''}><summary>${say('submissions.more-filters')}</summary><div class="filters-grid">
${
  kind
    ? html`<label>${say('submissions.state')}<select name="state">${all}${statesOf(versions, kind.kind).map(([name, { title }]) => option(name, title[language], filters.states?.[0]))}</select></label>
${kind.varieties.length === 0 ? '' : html`<label>${say('submissions.variety')}<select name="variety">${all}${kind.varieties.map(({ value, label }) => option(value, label[language], filters.variety))}</select></label>`}`
    : html`<p class="small">${say('submissions.choose-kind')}</p>`
}
<label>${say('submissions.organisation')}<select name="organisation">${all}${organisations.map(({ id, path }) => option(id, path, filters.organisation))}</select></label>
<label>${say('submissions.handler')}<select name="handler">${all}${handlers.map(({ id, name }) => option(id, name, filters.handler))}</select></label>
<label>${say('submissions.from')}<input type="date" name="from" value="${filters.from ?? ''}"></label>
<label>${say('submissions.until')}<input type="date" name="until" value="${filters.until ?? ''}"></label>
<label class="check"><input type="checkbox" name="overdue" value="yes"${filters.overdue ? html` checked` : ''}> ${say('submissions.overdue-only')}</label>
</div></details></form>`
}
