import { html } from 'hono/html'
import { dueDay } from '../../features/submissions/cards.ts'
import type { Submission } from '../../features/submissions/records.ts'
import { authorName, stateTitle, varietyTitle } from '../../features/submissions/texts.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { table } from '../frame.ts'
import type { Visit } from '../visit.ts'

/** What stands beside the records of a list. */
export interface Beside {
  people: ReadonlyMap<string, string>
  /** By id, from the root down. */
  organisations: ReadonlyMap<string, string>
}

export async function besideOf(db: Reads, submissions: readonly Submission[]): Promise<Beside> {
  const ids = [...new Set(submissions.flatMap(({ row }) => row.handler ?? []))]
  const people =
    ids.length === 0
      ? []
      : await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
  const organisations = submissions.length === 0 ? [] : await listOrganisations(db)
  return {
    people: new Map(people.map(({ id, name }) => [id, name])),
    organisations: new Map(organisations.map(({ id, path }) => [id, path])),
  }
}

const columns = ['number', 'name', 'state', 'author', 'organisation', 'handler', 'submitted', 'due'] as const

/** A list as a table; each number leads to its record. */
export function linesTable(visit: Visit, submissions: readonly Submission[], beside: Beside): Html {
  const { say, language } = visit
  const header = columns.map((column) => say(`submissions.${column}`))
  const rows = submissions.map((submission) => {
    const { row, kind } = submission
    return [
      html`<a href="${recordAddress(submission)}">${row.number}</a>`,
      html`${submission.subject || '—'}<br><span class="small-inline">${varietyTitle(kind, row.variety, language)}</span>`,
      html`<span class="tag state-${kind.states[row.state]?.final ? 'final' : 'open'}">${stateTitle(submission, language)}</span>`,
      // Whoever looks is not told apart here: the name of one who is hidden stands on the record, for whom it is.
      authorName(submission, language),
      (row.organisation === null ? '' : beside.organisations.get(row.organisation)) ?? '',
      (row.handler === null ? '' : beside.people.get(row.handler)) ?? '',
      dayInChina(new Date(row.submitted_at)),
      dueCell(visit, submission),
    ]
  })
  return table(say('nav.submissions'), header, rows)
}

export function recordAddress({ row }: Pick<Submission, 'row'>): string {
  return `/console/submissions/${row.id}`
}

/** The day by which something is expected, marked where it is over. */
export function dueCell({ say, now }: Visit, submission: Pick<Submission, 'row' | 'kind'>): Html | string {
  const { due_at } = submission.row
  const day = dueDay(submission)
  if (due_at === null || day === null) return ''
  return new Date(due_at) < now
    ? html`<span class="tag waiting">${say('submissions.overdue', { day })}</span>`
    : day
}
