import { html } from 'hono/html'
import type { Button } from '../chat/card.ts'
import { PlainError } from '../messages/plain-error.ts'
import type { Html } from '../platforms/web/plain-page.ts'
import { consolePage } from './frame.ts'
import { largestFilledPage } from './limits.ts'
import type { PageDesk, Pressed } from './page-desk.ts'
import { buttonIn, pressedPanels } from './press-panel.ts'
import type { ConsoleRoutes } from './routes.ts'
import { idIn, type Visit } from './visit.ts'

/** Stands in an address for a record that is being made: there is none yet. */
export const unmade = 'new'

export interface DeskPages {
  /** Below /console, where each record has a page of its own: '/plans'. */
  folder: string
  /** Where a form leads that is left before it made anything. Default: the folder. */
  list?: string
  /** Default: only `new`. */
  isUnmade?(id: string): boolean
  desk: PageDesk
  /** The page of the record with what a button or a page of a form came to. */
  show(visit: Visit, id: string, pressed: Pressed): Promise<Response>
  /**
   * Where a form leads once it was sent in; null: shown where it is. Default: `record`.
   * @param record The address of the record, which says that it was done; null where it was only made.
   */
  sentIn?(record: string | null): string | null
}

/** What buttons and forms on pages of records send: carried out by the desk, as in chat. */
export function addDeskPages(
  { get, post, pageFiles }: Pick<ConsoleRoutes, 'get' | 'post' | 'pageFiles'>,
  {
    folder,
    list = `/console${folder}`,
    isUnmade = (id) => id === unmade,
    desk,
    show,
    sentIn = (record) => record,
  }: DeskPages,
): void {
  const address = (id: string) => `/console${folder}/${id}`

  // What a reload or a refusal leads back to.
  for (const path of ['press', 'form']) {
    get(`${folder}/:id/${path}`, async (visit) => visit.context.redirect(address(idIn(visit, 'id')), 303))
  }

  post(`${folder}/:id/press`, async (visit, fields) =>
    show(visit, idIn(visit, 'id'), await desk.press(visit, buttonIn(fields))),
  )

  post(
    `${folder}/:id/form`,
    async (visit, fields) => {
      const id = idIn(visit, 'id')
      const { step, ...answered } = await pageFiles.answer(visit, fields, async (page) => ({
        ...{ step: page.step, ...(await desk.answer(visit, page)) },
      }))
      if (step === 'cancel') return visit.context.redirect(isUnmade(id) ? list : address(id), 303)
      const next = answered.isSubmitted ? sentIn(isUnmade(id) ? null : `${address(id)}?done=acted`) : null
      return next === null ? show(visit, id, answered) : visit.context.redirect(next, 303)
    },
    largestFilledPage,
  )
}

/** The line about what was just done, or why it was not. */
function said({ toast, isRefused }: Pressed): Html | '' {
  if (toast === '') return ''
  return isRefused
    ? html`<p class="done problem-box" role="alert">${toast}</p>`
    : html`<p class="done" role="status">${toast}</p>`
}

/** What a button or a form's page came to, above the record; nothing where none was pressed. */
export function outcomePanels(visit: Visit, address: string, pressed: Pressed | null): Html | '' {
  if (!pressed) return ''
  return html`${said(pressed)}<div class="pressed">${pressedPanels(visit, address, pressed)}</div>`
}

/** What every page of a record has above it. */
interface Crumb {
  /** Address of the list that the record stands in. */
  section: string
  /** Name of the list. */
  list: string
}

/** The page on which a record is made by its form. @param title What is being done. */
export function makingPage(
  visit: Visit,
  { section, list, title, pressed }: Crumb & { title: string; pressed: Pressed },
): Response | Promise<Response> {
  const body = html`${crumbs({ section, list })}<h1>${title}</h1>
${outcomePanels(visit, `${section}/${unmade}`, pressed)}`
  return consolePage(visit, { title, body, section, status: pressed.isRefused ? 422 : 200 })
}

interface CardPage extends Crumb {
  desk: PageDesk
  /** Of the page. */
  address: string
  /** The button that shows the record's card in chat. */
  button: Pick<Button, 'action' | 'value'>
  pressed: Pressed | null
  /** Said where a form was sent in. */
  acted: string
  /** What the page has below the card; asked only where the record is the visitor's to see. */
  below(): Promise<Html | ''>
}

/**
 * A record as its card in chat has it, above it what was just done. What the card shows is decided there, and so is who
 * may see it. Throws PlainError, a 404 page, for who may not.
 */
export async function cardPage(
  visit: Visit,
  { section, list, desk, address, button, pressed, acted, below }: CardPage,
): Promise<Response> {
  const own = await desk.press(visit, button)
  const [card] = own.cards
  if (own.isRefused || !card) throw new PlainError('console:no-such-record')
  const { title = '', ...content } = card
  const body = html`${crumbs({ section, list })}<h1>${title}</h1>
${doneLine(visit, acted)}${outcomePanels(visit, address, pressed)}
${pressedPanels(visit, address, { ...own, cards: [content] })}
${await below()}`
  return consolePage(visit, { title, body, section, status: pressed?.isRefused ? 422 : 200 })
}

/** Said once after a form was sent in: the address to which it led asks for it. */
export function doneLine({ context }: Visit, acted: string): Html | '' {
  return context.req.query('done') === 'acted' ? html`<p class="done" role="status">${acted}</p>` : ''
}

export function crumbs({ section, list }: Crumb): Html {
  return html`<p class="crumbs"><a href="${section}">${list}</a></p>`
}
