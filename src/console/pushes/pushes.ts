import { html } from 'hono/html'
import type { Account } from '../../chat/incoming.ts'
import { readAsked } from '../../features/pushes/ask.ts'
import { askPush, type Push, pushesOf } from '../../features/pushes/keep-push.ts'
import { againButton, dailyButton, newBaseButton, problemText } from '../../features/pushes/push-cards.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { explainError, type KeyOf, translate } from '../../messages/translate.ts'
import { accountsOf } from '../../people/people.ts'
import { webAccountOf } from '../../people/sign-in.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { addDeskPages, outcomePanels } from '../desk-pages.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import { pressButton } from '../press-panel.ts'
import type { ConsoleRoutes } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { pushesSection as section } from './push-button.ts'

const longest = 400

type PageKey = Extract<KeyOf<'pushes'>, `page.${string}`> extends `page.${infer Rest}` ? Rest : never

const sayOf =
  ({ language }: Pick<Visit, 'language'>) =>
  (key: PageKey, values: Record<string, string | number> = {}) =>
    translate(language, `pushes:page.${key}`, values)

interface Shown {
  pressed?: Pressed
  /** What was asked for and refused: it stands in the form again. */
  refused?: { table: string; link: string; problem: string }
}

/** 我的推送: the visitor's own, each with where it stands, and a form to push by name or number. */
export function addPushRoutes(routes: ConsoleRoutes): void {
  const { options, get, post } = routes
  const { store, pressing, pushing } = options
  const wakeWorkers = () => pushing.wakeWorkers()
  const desk = createPageDesk({ store, ...pressing, wakeWorkers }, ['pushes'])

  get('/pushes', (visit) => page(visit))

  get('/pushes/:id', async (visit) => visit.context.redirect(section, 303))

  post('/pushes', async (visit, fields) => {
    const [named, link] = ['table', 'link'].map((name) => fields.text(name).trim().slice(0, longest))
    const asking = { words: `${named} ${link}`.trim(), language: visit.language, now: await store.now() }
    try {
      // The rights are those of the export, and are looked at here as at each push.
      const asked = await readAsked(pushing, { ...asking, account: await toldOf(visit) })
      await store.transaction(async (trx) => askPush(trx, asked, await store.now(trx)))
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      const problem = explainError(error, visit.language)
      return page(visit, { refused: { table: named ?? '', link: link ?? '', problem } })
    }
    pushing.wakeWorkers()
    return visit.context.redirect(`${section}?done=taken`, 303)
  })

  addDeskPages(routes, { folder: '/pushes', desk, show: (visit, _, pressed) => page(visit, { pressed }) })

  /** Whom the result is told: there where the table comes to lie, else in the web chat. */
  async function toldOf({ who }: Visit): Promise<Account> {
    const [online] = pushing.onlineTables()
    const own = (await accountsOf(store.db, who.id)).find(({ platform }) => platform === online?.platform)
    if (own) return own
    return store.transaction(async (trx) => webAccountOf(trx, who.id, await store.now(trx)))
  }

  async function page(visit: Visit, { pressed, refused }: Shown = {}): Promise<Response> {
    const say = sayOf(visit)
    const title = say('title')
    const refusal = refused
      ? html`<p class="done problem-box" role="alert">${refused.problem}</p>`
      : visit.context.req.query('done') === 'taken'
        ? html`<p class="done" role="status">${say('taken')}</p>`
        : ''
    const body = visit.hasOnlineTables
      ? html`<h1>${title}</h1>${refusal}${outcomePanels(visit, section, pressed ?? null)}
${pushesPanel(visit, await pushesOf(store.db, visit.who.id))}${askPanel(visit, refused)}`
      : html`<h1>${title}</h1><p class="empty">${translate(visit.language, 'pushes:not-here')}</p>`
    const status = refused || pressed?.isRefused ? 422 : 200
    return consolePage(visit, { title, body, section, status })
  }
}

function pushesPanel(visit: Visit, pushes: readonly Push[]): Html {
  const say = sayOf(visit)
  const { language } = visit
  const rows = pushes.map((push) => {
    const buttons = [
      againButton(push, language),
      dailyButton(push, language),
      ...(push.state === 'failed' && push.url !== '' ? [newBaseButton(push, language)] : []),
    ]
    return [
      push.url === '' ? push.title : html`<a href="${push.url}" rel="noopener noreferrer">${push.title}</a>`,
      html`<span class="tag${push.state === 'failed' ? ' waiting' : ''}">${say(`state-${push.state}`)}</span>${push.state === 'failed' ? html`<br><span class="small-inline">${problemText(push, language)}</span>` : ''}`,
      push.pushed_at === null ? say('never') : minuteInChina(new Date(push.pushed_at)),
      say(push.daily === 1 ? 'daily' : 'once'),
      html`${buttons.map((button) => pressButton(visit, `${section}/${push.id}`, button))}`,
    ]
  })
  const header = [say('table'), say('state'), say('last'), say('kept'), '']
  return html`<section class="panel lines">${rows.length === 0 ? html`<p class="empty">${say('none')}</p>` : table(say('title'), header, rows)}</section>`
}

function askPanel(visit: Visit, refused: Shown['refused']): Html {
  const say = sayOf(visit)
  return html`<section class="panel"><h2>${say('push')}</h2><p class="small">${say('hint')}</p>
<form method="post" action="${section}" class="fields">${csrfField(visit)}
<label>${say('table')}<input name="table" required maxlength="200" value="${refused?.table ?? ''}"></label>
<label>${say('link')}<input name="link" type="url" maxlength="${longest}" value="${refused?.link ?? ''}"></label>
<button class="primary">${say('push')}</button></form></section>`
}
