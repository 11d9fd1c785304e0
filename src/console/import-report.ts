import { html } from 'hono/html'
import { translate } from '../messages/translate.ts'
import type { Html } from '../platforms/web/plain-page.ts'
import { table } from './frame.ts'
import type { Visit } from './visit.ts'

/** Of the rows that were taken or refused so many are listed, those that were refused first. */
const mostShown = 500

/** What became of a row of a table that was taken in. */
export interface ReportedRow {
  /** From 1, as spreadsheets count. */
  line: number
  name: string
  outcome: string
  isRefused: boolean
}

/** What became of each row of a table that was taken in. @param said How many were taken and refused, in a sentence. */
export function reportPanel(
  { language }: Pick<Visit, 'language'>,
  rows: readonly ReportedRow[],
  { title, said, header }: { title: string; said: string; header: readonly string[] },
): Html {
  const listed = rows
    .toSorted((one, other) => Number(other.isRefused) - Number(one.isRefused))
    .slice(0, mostShown)
    .map(({ line, name, outcome }) => [String(line), name, outcome])
  return html`<section class="panel" role="status"><h2>${title}</h2><p>${said}</p>
${rows.length === 0 ? '' : table(title, header, listed)}
${rows.length > mostShown ? html`<p class="small">${translate(language, 'console:import.more', { most: mostShown })}</p>` : ''}</section>`
}
