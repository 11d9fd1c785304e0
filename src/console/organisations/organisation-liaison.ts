import { html } from 'hono/html'
import { holdersOf } from '../../features/liaison/coverage.ts'
import { gapText, roleTitle } from '../../features/liaison/texts.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import type { Visit } from '../visit.ts'
import { organisationSay } from './organisation-say.ts'

/** Who looks after an organisation today, with the way to where that is kept. For whoever may see it there. */
export async function liaisonPanel(visit: Visit, db: Reads, organisation: string): Promise<Html> {
  const say = organisationSay(visit)
  const { language, today } = visit
  const holders = await holdersOf(db, organisation, today)
  const lines = holders.map(({ role, name, since, hasLeft }) =>
    hasLeft
      ? gapText({ type: 'left', role, name }, language)
      : say('holder', { role: roleTitle(role, language), name, since }),
  )
  // A place that is no point of liaison has no such page: only where there is somebody is one sure.
  const shown = html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>
<p class="small"><a href="/console/liaison/points/${organisation}">${say('point')}</a></p>`
  return html`<section class="panel"><h2>${say('liaison')}</h2>${lines.length === 0 ? html`<p class="empty">${say('no-holders')}</p>` : shown}</section>`
}
