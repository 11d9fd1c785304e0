import { html } from 'hono/html'
import { headingOf } from '../../features/organisations/columns.ts'
import type { ProfileImportRow } from '../../features/organisations/import-profiles.ts'
import type { ProfileField } from '../../features/organisations/profile-rules.ts'
import { fieldTitle, keptText } from '../../features/organisations/profile-texts.ts'
import { explainError } from '../../messages/translate.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { csrfField } from '../frame.ts'
import { reportPanel } from '../import-report.ts'
import type { Visit } from '../visit.ts'
import { organisationSay } from './organisation-say.ts'

const section = '/console/organisations'

/** What a table does, or would do: `preview` is then where it lies. */
export interface ProfileReport {
  rows: readonly ProfileImportRow[]
  preview: string | null
}

/** What changes, old → new, and what is refused by row and column. */
export function profileReport(visit: Visit, { rows, preview }: ProfileReport): Html {
  const say = organisationSay(visit)
  const { language } = visit
  const count = (wanted: ProfileImportRow['outcome']) =>
    rows.filter(({ outcome }) => outcome === wanted).length
  const counts = { rows: rows.length, changed: count('changed'), same: count('same') }
  const refused = { refused: count('refused') }
  return reportPanel(
    visit,
    rows.map(({ line, name, outcome, changes, problems }) => ({
      ...{ line, name, isRefused: outcome === 'refused' },
      outcome:
        outcome === 'refused'
          ? problems
              .map(({ column, reason }) => {
                const said = explainError(reason, language)
                return column === null
                  ? said
                  : say('cell', { column: headingOf(column, language), reason: said })
              })
              .join(' ')
          : changesText(visit, changes) || say('unchanged'),
    })),
    {
      title: preview === null ? say('imported') : say('preview'),
      said: say(preview === null ? 'counts-done' : 'counts', { ...counts, ...refused }),
      header: [say('line'), say('organisation'), say('outcome')],
    },
  )
}

/** `职工人数：（空）→ 860；主席：王强 → 李梅`. */
export function changesText(visit: Visit, changes: ProfileImportRow['changes']): string {
  const say = organisationSay(visit)
  const { language } = visit
  const shown = (field: ProfileField, kept: string) => keptText(field, kept, language) || say('empty')
  return Object.entries(changes)
    .map(([name, [old, now]]) => {
      const field = name as ProfileField
      return say('change', {
        ...{ field: fieldTitle(field, language), old: shown(field, old), now: shown(field, now) },
      })
    })
    .join(language === 'en' ? '; ' : '；')
}

/** Takes in what was looked at; nothing where it would change nothing. */
export function confirmForm(visit: Visit, { rows, preview }: ProfileReport): Html | '' {
  const say = organisationSay(visit)
  if (preview === null || rows.every(({ outcome }) => outcome !== 'changed')) return ''
  return html`<form method="post" action="${section}/import/confirm" class="panel">${csrfField(visit)}
<input type="hidden" name="file" value="${preview}">
<div class="actions"><button class="primary">${say('confirm')}</button> <a class="button" href="${section}">${say('cancel')}</a></div></form>`
}

export function importForm(visit: Visit): Html {
  const say = organisationSay(visit)
  return html`<details class="panel form-panel" id="import"><summary>${say('import')}</summary>
<p class="small">${say('import-hint')} <a href="${section}/template" download>${say('template')}</a></p>
<form method="post" action="${section}/import" enctype="multipart/form-data" class="fields">${csrfField(visit)}
<label>${say('file')}<input type="file" name="file" required accept=".xlsx,.csv,.txt"></label>
<button class="primary">${say('look')}</button></form></details>`
}
