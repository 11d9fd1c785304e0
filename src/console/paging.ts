import { html } from 'hono/html'
import type { Html } from '../platforms/web/plain-page.ts'
import type { Visit } from './visit.ts'

/** No list is as long; an address that asks for more would be counted beyond what a database counts to. */
const mostPages = 100_000

/** The page of a list that the address asks for, counted from 1; the first where it asks for none that can be. */
export function askedPage({ context }: Pick<Visit, 'context'>): number {
  const asked = Number(context.req.query('page') ?? '1')
  return Number.isInteger(asked) && asked > 0 && asked < mostPages ? asked : 1
}

/** The ways to the page before and the one behind, as far as there are any. */
export function pageTurns(
  { say }: Pick<Visit, 'say'>,
  {
    page,
    hasMore,
    addressOf,
  }: {
    /** Counted from 1. */
    page: number
    hasMore: boolean
    addressOf(page: number): string
  },
): Html {
  const turn = (to: number, label: string) => html`<a class="button" href="${addressOf(to)}">${label}</a>`
  return html`<p class="actions">${page > 1 ? turn(page - 1, say('submissions.previous-page')) : ''}${hasMore ? turn(page + 1, say('submissions.next-page')) : ''}</p>`
}
