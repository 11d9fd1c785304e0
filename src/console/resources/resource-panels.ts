import { html } from 'hono/html'
import type { ImportedResource } from '../../features/resources/keeping/import-resources.ts'
import { longest } from '../../features/resources/keeping/keep-resource.ts'
import { explainError, type KeyOf, translate } from '../../messages/translate.ts'
import type { PlacedOrganisation } from '../../people/organisations.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { csrfField } from '../frame.ts'
import { reportPanel } from '../import-report.ts'
import type { Visit } from '../visit.ts'

export const resourceSection = '/console/resources'
const longestWords = 100

type Key = Extract<KeyOf<'resources'>, `console.${string}`> extends `console.${infer Rest}` ? Rest : never

/** A text of the pages of resources. */
export function resourceSay({ language }: Pick<Visit, 'language'>) {
  return (key: Key, values: Record<string, string | number> = {}) =>
    translate(language, `resources:console.${key}`, values)
}

/** What the address asks for. */
export function resourceFilters({ context }: Visit): { q: string; kind: string; state: string } {
  const query = (name: string) =>
    [...(context.req.query(name) ?? '').toWellFormed().replaceAll('\0', '').trim()]
      .slice(0, longestWords)
      .join('')
  return { q: query('q'), kind: query('kind'), state: query('state') }
}

export const importPanel = {
  form(visit: Visit): Html {
    const say = resourceSay(visit)
    return html`<details class="panel form-panel" id="import"><summary>${say('import')}</summary>
<p class="small">${say('import-hint')} <a href="${resourceSection}/template" download>${say('template')}</a></p>
<form method="post" action="${resourceSection}/import" enctype="multipart/form-data" class="fields">${csrfField(visit)}
<label>${say('file')}<input type="file" name="file" required accept=".xlsx,.csv,.txt"></label>
<button class="primary">${say('import')}</button></form></details>`
  },

  /** What became of each row. */
  report(visit: Visit, rows: readonly ImportedResource[]): Html {
    const { language } = visit
    const taken = rows.filter(({ number }) => number !== null).length
    const header = ['line', 'title', 'outcome'].map((key) => translate(language, `resources:column.${key}`))
    const count = { rows: rows.length, taken, left: rows.length - taken }
    return reportPanel(
      visit,
      rows.map(({ line, title: name, number, reason }) => ({
        ...{ line, name, isRefused: reason !== null },
        outcome: reason === null ? (number ?? '') : explainError(reason, language),
      })),
      {
        ...{ title: resourceSay(visit)('imported'), header },
        said: translate(language, 'resources:command.imported', count),
      },
    )
  },
}

/** In which region an organisation lies: what is shared in it is found there. */
export function regionPanel(
  visit: Visit,
  organisations: readonly PlacedOrganisation[],
  regions: readonly { organisation: string; region: string }[],
): Html {
  const say = resourceSay(visit)
  const named = new Map(regions.map(({ organisation, region }) => [organisation, region]))
  const label = ({ id, path }: PlacedOrganisation) => {
    const region = named.get(id)
    return region === undefined ? path : `${path}（${region}）`
  }
  return html`<details class="panel form-panel" id="region"><summary>${say('region')}</summary>
<p class="small">${say('region-hint')}</p>
<form method="post" action="${resourceSection}/region" class="fields">${csrfField(visit)}
<label>${say('organisation')}<select name="organisation" required>${organisations.map((one) => html`<option value="${one.id}">${label(one)}</option>`)}</select></label>
<label>${say('region-name')}<input name="region" maxlength="${longest.region}"></label>
<button class="primary">${say('save')}</button></form></details>`
}
