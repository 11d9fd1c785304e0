import { html } from 'hono/html'
import { adoptHint, type HintRow, listHints, removeHint } from '../../knowledge/learned/hints.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { can } from '../../people/can.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit, wholeHouse } from '../visit.ts'
import { clauseNames } from './clause-names.ts'
import { accountsInReach } from './reach.ts'

const mostShown = 200

/** What was learned from cadres and from thanks, to be looked through and taken away. */
export function addHintRoutes({ options: { store }, get, post }: ConsoleRoutes): void {
  get('/hints', async (visit) => {
    needs(visit, 'gaps.view')
    const { say } = visit
    const hints = await inReach(visit, 'gaps.view', await listHints(store.db))
    const editable = new Set(await inReach(visit, 'hints.edit', hints))
    const shown = hints.slice(0, mostShown)
    const nameOf = await clauseNames(store, visit, shown)
    const nameText = (name: ReturnType<typeof nameOf>) =>
      typeof name === 'string' ? say(`hints.${name}`) : name.name
    const header = (['question', 'clause', 'source', 'by', 'at', 'used', 'change'] as const).map((key) =>
      say(`hints.${key}`),
    )
    const rows = shown.map((hint) => [
      hint.question,
      nameText(nameOf(hint)),
      html`${say(`hints.from-${hint.source}`)}${hint.state === 'proposed' ? html` <span class="tag waiting">${say('hints.proposed')}</span>` : ''}`,
      hint.byName ?? '',
      minuteInChina(new Date(hint.at)),
      String(hint.used),
      editable.has(hint) ? buttons(visit, hint) : '',
    ])
    const body = html`<h1>${say('nav.hints')}</h1>
<p class="lead">${say('hints.lead')}</p>
<section class="panel"><h2>${say('hints.list', { count: hints.length })}</h2>
${hints.length === 0 ? html`<p class="empty">${say('hints.none')}</p>` : table(say('nav.hints'), header, rows)}
${hints.length > mostShown ? html`<p class="small">${say('gaps.more', { most: mostShown })}</p>` : ''}
</section>`
    return consolePage(visit, { title: say('nav.hints'), body, section: '/console/hints' })
  })

  post('/hints/:id/remove', async (visit) => {
    const id = await editableId(visit)
    await store.transaction((trx) => removeHint(trx, id, visit.who.id, visit.now))
    return visit.context.redirect('/console/hints', 303)
  })

  post('/hints/:id/adopt', async (visit) => {
    const id = await editableId(visit)
    await store.transaction((trx) => adoptHint(trx, id, visit.who.id, visit.now))
    return visit.context.redirect('/console/hints', 303)
  })

  function buttons(visit: Visit, { id, state }: HintRow) {
    const button = (what: 'adopt' | 'remove') =>
      html`<form method="post" action="/console/hints/${id}/${what}">${csrfField(visit)}<button${what === 'remove' ? html` class="danger"` : ''}>${visit.say(`hints.${what}`)}</button></form>`
    return html`<span class="actions">${state === 'proposed' ? button('adopt') : ''}${button('remove')}</span>`
  }

  /** Throws PlainError where there is no such hint, or the visitor may not change it. */
  async function editableId(visit: Visit): Promise<string> {
    const id = idIn(visit, 'id')
    const hint = (await listHints(store.db)).filter((one) => one.id === id)
    if ((await inReach(visit, 'hints.edit', hint)).length === 0)
      throw new PlainError('console:no-such-record')
    return id
  }

  /** A question is its asker's: whoever may see their gaps may see it here, and those of nobody known are the house's. */
  async function inReach(visit: Visit, action: 'gaps.view' | 'hints.edit', hints: readonly HintRow[]) {
    const askers = hints.flatMap(({ asker }) => asker ?? [])
    const reached = await accountsInReach(store.db, visit, action, askers)
    const house = can(visit.actor, action, wholeHouse)
    return hints.filter(({ asker }) => (asker === null ? house : reached.has(asker)))
  }
}
