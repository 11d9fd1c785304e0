import { html } from 'hono/html'
import {
  type Chosen,
  type DeadLetter,
  dropDeadLetter,
  listDeadLetters,
  recipientText,
  resendDeadLetters,
} from '../../delivery/dead-letters.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { can } from '../../people/can.ts'
import { cardToText } from '../../platforms/text/render-card.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, type Visit, wholeHouse } from '../visit.ts'

const section = '/console/outbox'
const mostShown = 200

/** What could not be delivered, to be sent again or given up, for the administrators of the whole house. */
export function addOutboxRoutes({ options: { store, logger }, get, post }: ConsoleRoutes): void {
  get('/outbox', async (visit) => {
    check(visit)
    const { context, language } = visit
    const say = (key: string) => translate(language, `delivery:page.${key}`)
    const letters = await listDeadLetters(store)
    const done = context.req.query('done')
    const body = html`<h1>${visit.say('nav.outbox')}</h1>
<p class="lead">${say('lead')}</p>
${done === 'resend' ? html`<p class="done" role="status">${say('done-resend')}</p>` : ''}
${done === 'drop' ? html`<p class="done" role="status">${say('done-drop')}</p>` : ''}
<section class="panel">
${letters.length === 0 ? html`<p class="empty">${translate(language, 'delivery:list.none')}</p>` : lettersTable(visit, letters.slice(0, mostShown))}
${letters.length > mostShown ? html`<p class="small">${visit.say('gaps.more', { most: mostShown })}</p>` : ''}
${letters.length > 1 ? html`<form method="post" action="${section}/all/resend">${csrfField(visit)}<p class="actions"><button>${say('resend-all')}</button></p></form>` : ''}
</section>`
    return consolePage(visit, { title: visit.say('nav.outbox'), body, section })
  })

  post('/outbox/:number/resend', async (visit) => {
    check(visit)
    const chosen = chosenIn(visit)
    const count = await store.transaction(async (trx) => resendDeadLetters(trx, chosen, await store.now(trx)))
    // Somebody else may have been quicker with all of them, but a single one that is gone is said to be.
    if (count === 0 && chosen !== 'all') throw new PlainError('console:no-such-record')
    logger.info({ chosen, count, by: visit.who.id }, 'dead letters are sent again')
    return visit.context.redirect(`${section}?done=resend`, 303)
  })

  post('/outbox/:number/drop', async (visit) => {
    check(visit)
    const chosen = chosenIn(visit)
    const dropped = chosen !== 'all' && (await store.transaction((trx) => dropDeadLetter(trx, chosen)))
    if (!dropped) throw new PlainError('console:no-such-record')
    logger.info({ chosen, by: visit.who.id }, 'a dead letter was dropped')
    return visit.context.redirect(`${section}?done=drop`, 303)
  })
}

/** Its texts are people's own: only for those who may do something about them. */
function check({ actor }: Visit): void {
  if (!can(actor, 'outbox.resend', wholeHouse)) throw new PlainError('console:not-allowed')
}

function chosenIn(visit: Visit): Chosen {
  const given = idIn(visit, 'number')
  if (given === 'all') return given
  if (!/^\d{1,9}$/.test(given)) throw new PlainError('console:no-such-record')
  return Number(given)
}

function lettersTable(visit: Visit, letters: readonly DeadLetter[]): Html {
  const { language } = visit
  const say = (key: string) => translate(language, `delivery:page.${key}`)
  const columns = ['number', 'at', 'to', 'lane', 'state', 'problem', 'attempts', 'card']
  const header = [...columns.map((key) => translate(language, `delivery:list.${key}`)), say('action')]
  const rows = letters.map((letter) => [
    String(letter.number),
    minuteInChina(letter.at),
    recipientText(letter, language),
    translate(language, `delivery:lane.${letter.lane}`),
    translate(language, `delivery:state.${letter.state}`),
    translate(language, `delivery:problem.${letter.problem}`),
    String(letter.attempts),
    html`<details><summary>${say('show')}</summary><p class="prose">${cardToText(letter.card, { buttons: 'none' })}</p></details>`,
    html`${form(visit, letter, 'resend')} ${form(visit, letter, 'drop')}`,
  ])
  return table(visit.say('nav.outbox'), header, rows)
}

function form(visit: Visit, { number }: DeadLetter, act: 'resend' | 'drop'): Html {
  const label = translate(visit.language, `delivery:page.${act}`)
  return html`<form method="post" action="${section}/${number}/${act}">${csrfField(visit)}<button class="quiet" aria-label="${label} ${number}">${label}</button></form>`
}
