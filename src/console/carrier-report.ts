import { html } from 'hono/html'
import type { CarrierImportRow } from '../features/carriers/import-carriers.ts'
import { explainError, translate } from '../messages/translate.ts'
import type { Html } from '../platforms/web/plain-page.ts'
import { carrierSay } from './carrier-say.ts'
import { table } from './frame.ts'
import type { Visit } from './visit.ts'

/** Of the rows that were taken or refused so many are listed, those that were refused first. */
const mostShown = 500

/** What became of each row of a table that was taken in. */
export function carrierReport(visit: Visit, rows: readonly CarrierImportRow[]): Html {
  const say = carrierSay(visit)
  const { language } = visit
  const count = (wanted: CarrierImportRow['outcome']) =>
    rows.filter(({ outcome }) => outcome === wanted).length
  const listed = rows
    .toSorted((one, other) => Number(one.reason === null) - Number(other.reason === null))
    .slice(0, mostShown)
    .map(({ line, name, outcome, number, reason }) => [
      ...[String(line), name],
      reason === null
        ? translate(language, `carriers:command.outcome.${outcome}`, { number })
        : explainError(reason, language),
    ])
  const said = translate(language, 'carriers:command.imported', {
    rows: rows.length,
    ...{ entered: count('entered'), changed: count('changed'), refused: count('refused') },
  })
  return html`<section class="panel" role="status"><h2>${say('imported')}</h2><p>${said}</p>
${rows.length === 0 ? '' : table(say('imported'), [say('line'), say('name'), say('outcome')], listed)}
${rows.length > mostShown ? html`<p class="small">${say('more', { most: mostShown })}</p>` : ''}</section>`
}
