import { html } from 'hono/html'
import type { ExpertRow } from '../../features/submissions/experts/import-experts.ts'
import { explainError } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { csrfField, table } from '../frame.ts'
import type { Visit } from '../visit.ts'

const section = '/console/experts'
/** Of the rows that were taken or refused so many are listed, those that were refused first. */
const mostShown = 500

/** Organisations whose directory a visitor keeps. */
export type ExpertRoots = readonly { id: string; name: string }[]

/** Somebody from outside is entered; colleagues register by themselves in chat, where their name is known. */
export function enterForm(visit: Visit, roots: ExpertRoots): Html {
  const { say } = visit
  return html`<details class="panel form-panel" id="enter"><summary>${say('experts.enter')}</summary>
<p class="small">${say('experts.enter-hint')}</p>
<form method="post" action="${section}" class="fields">${csrfField(visit)}${rootField(visit, roots)}
<label>${say('experts.name')}<input name="name" maxlength="40" required></label>
<label>${say('experts.unit')}<input name="organisation" maxlength="100" required></label>
<label>${say('experts.fields')}<input name="fields" maxlength="300" required placeholder="${say('experts.fields-example')}"></label>
<label>${say('experts.about')}<textarea name="description" rows="4" maxlength="1000"></textarea></label>
<label>${say('experts.contact')}<input name="contact" maxlength="100"></label>
<label class="check"><input type="checkbox" name="consent" value="yes" required> ${say('experts.consent')}</label>
<button class="primary">${say('experts.enter')}</button></form></details>`
}

export function importForm(visit: Visit, roots: ExpertRoots): Html {
  const { say } = visit
  return html`<details class="panel form-panel" id="import"><summary>${say('experts.import')}</summary>
<p class="small">${say('experts.import-hint')} <a href="${section}/template" download>${say('experts.template')}</a></p>
<form method="post" action="${section}/import" enctype="multipart/form-data" class="fields">${csrfField(visit)}${rootField(visit, roots)}
<label>${say('import.file')}<input type="file" name="file" required accept=".xlsx,.csv,.txt"></label>
<button class="primary">${say('experts.import')}</button></form></details>`
}

/** What became of each row. */
export function importReport({ say, language }: Visit, rows: readonly ExpertRow[]): Html {
  const taken = rows.filter(({ number }) => number !== null).length
  const listed = rows
    .toSorted((one, other) => Number(one.reason === null) - Number(other.reason === null))
    .slice(0, mostShown)
    .map(({ line, name, number, reason }) => [
      String(line),
      name,
      reason === null ? say('experts.taken', { number: number ?? '' }) : explainError(reason, language),
    ])
  const header = [say('import.line'), say('import.name'), say('experts.outcome')]
  return html`<section class="panel" role="status"><h2>${say('import.done')}</h2>
<p>${say('experts.imported', { rows: rows.length, taken, left: rows.length - taken })}</p>
${rows.length === 0 ? '' : table(say('import.done'), header, listed)}
${rows.length > mostShown ? html`<p class="small">${say('import.more', { most: mostShown })}</p>` : ''}</section>`
}

/** Most keep one directory, and choose nothing. */
function rootField({ say }: Visit, roots: ExpertRoots): Html {
  const [only, ...others] = roots
  return others.length === 0
    ? html`<input type="hidden" name="root" value="${only?.id ?? ''}">`
    : html`<label>${say('experts.root')}<select name="root">${roots.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></label>`
}
