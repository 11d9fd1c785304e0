import { html } from 'hono/html'
import type { Html } from '../platforms/web/plain-page.ts'

/** What was wrong with what was just sent, line by line, above what it was sent from; nothing for ''. */
export function problemBox(problem: string): Html | '' {
  if (problem === '') return ''
  return html`<p class="done problem-box" role="alert">${problem.split('\n').map((line) => html`${line}<br>`)}</p>`
}
