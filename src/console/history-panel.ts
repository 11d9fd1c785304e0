import { html } from 'hono/html'
import type { Html } from '../platforms/web/plain-page.ts'

/** What was done with a record, the last first, a line each. @param lines As they are read: who, what, when. */
export function historyPanel(title: string, lines: readonly string[]): Html {
  return html`<section class="panel"><h2>${title}</h2><ol class="history">${lines.map((line) => html`<li><p>${line}</p></li>`)}</ol></section>`
}
