import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Card } from '../../chat/card.ts'
import type { FormView } from '../../chat/form-view.ts'
import type { Account, IncomingFile } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { SubmissionsDesk, WebEntry } from '../../features/submissions/port.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { clientAddress, type TrustsProxy } from '../../platforms/web/client-address.ts'
import { cleanFileName, fileType } from '../../platforms/web/file-kind.ts'
import { guestOf } from '../../platforms/web/guest.ts'
import { limitBody } from '../../platforms/web/limit-body.ts'
import {
  addressFactor,
  largestFile,
  largestUpload,
  mostBytesADay,
  mostRates,
} from '../../platforms/web/limits.ts'
import { type Html, plainPage, refuse } from '../../platforms/web/plain-page.ts'
import { RateLimit } from '../../platforms/web/rate-limit.ts'
import { isFromOwnPage } from '../../platforms/web/same-origin.ts'
import { screenLanguage } from '../../platforms/web/screen-language.ts'
import type { Blobs } from '../../store/blobs.ts'
import { mostUploads, pagesPerMinute } from '../limits.ts'
import { readSent, type SentPage } from './sent-page.ts'
import { formBody } from './submit-fields.ts'

export interface SubmitOptions {
  entries: SubmissionsDesk
  blobs: Blobs
  clock: () => Date
  trustProxy: TrustsProxy
}

const steps = ['next', 'back', 'cancel', 'submit'] as const

/**
 * `/submit/TOKEN`: the form of a kind for people without account, behind the QR code that a cadre puts up. Works
 * without scripts; drafts belong to the browser's guest cookie.
 */
export function createSubmitPages({ entries, blobs, clock, trustProxy }: SubmitOptions): Hono {
  const app = new Hono()
  const pages = new RateLimit(pagesPerMinute, mostRates, clock)
  const day = 24 * 3600_000
  const bytes = {
    guest: new RateLimit(mostBytesADay, mostRates, clock, day),
    address: new RateLimit(mostBytesADay * addressFactor, mostRates, clock, day),
  }
  let arriving = 0

  /** The entry of the address; else the page that says why there is none. */
  async function enter(context: Context): Promise<WebEntry | Response> {
    context.header('Vary', 'Accept-Language, Cookie')
    context.header('X-Robots-Tag', 'noindex')
    if (pages.take(clientAddress(context, trustProxy)) > 0)
      return refuse(context, 429, 'submissions:page.too-many')
    try {
      return await entries.entry(context.req.param('token') ?? '')
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      return refuse(context, 404, error.key, error.values)
    }
  }

  app.get('/submit/:token', async (context) => {
    const entry = await enter(context)
    if (entry instanceof Response) return entry
    const language = screenLanguage(context)
    const word = (key: string) => translate(language, `submissions:page.${key}`)
    // A look leaves nothing behind: the draft begins with a press.
    return plainPage(context, 200, {
      title: translate(language, entry.title),
      text: translate(language, 'submissions:page.welcome', { organisation: entry.organisationName }),
      language,
      more: html`<form method="post" action="${addressOf(entry)}"><button class="plain-button" name="step" value="begin">${word('begin')}</button></form>
<p class="plain-note"><a class="plain-link" href="/receipt">${word('follow')}</a></p>`,
    })
  })

  const limit = limitBody(largestUpload, (context) =>
    // What was typed on the pages before is kept, and one step back leads to it.
    refuse(context, 413, 'web:file.too-large', { most: largestFile / 1024 / 1024 }),
  )

  app.post(
    '/submit/:token',
    async (context, next) => {
      if (!isFromOwnPage(context)) return refuse(context, 403, 'console:stale-form')
      if (arriving >= mostUploads) return refuse(context, 503, 'web:busy')
      arriving += 1
      try {
        return await next()
      } finally {
        arriving -= 1
      }
    },
    limit,
    async (context) => {
      const entry = await enter(context)
      if (entry instanceof Response) return entry
      const language = screenLanguage(context)
      const account = guestOf(context)
      const sent = await readSent(context)
      try {
        if (sent.step === 'begin')
          return showForm(context, entry, await entries.open(entry, account, language))
        const step = steps.find((one) => one === sent.step)
        if (!step || sent.draft === '') throw new PlainError('console:not-understood')
        const { files, problem } = await keepFiles(context, account.user, sent.files)
        if (files.length > 0) await entries.addFiles(entry, account, language, files)
        const page = { draft: sent.draft, page: sent.page, step, values: sent.values }
        // What could not be taken is said on the page itself, so that nobody goes on without it.
        const answer = await entries.answer(
          entry,
          account,
          language,
          problem ? { ...page, step: 'save' } : page,
        )
        if (problem)
          return showForm(context, entry, await entries.open(entry, account, language), {
            key: problem,
            values: { most: largestFile / 1024 / 1024 },
          })
        if (answer.form) return showForm(context, entry, answer.form)
        const cards = answer.said.length > 0 ? answer.said : answer.beside ? [answer.beside] : []
        return showDone(context, cards, answer.toast ?? '')
      } catch (error) {
        if (!(error instanceof PlainError)) throw error
        const shown = await showAgain(entry, account, language, sent)
        return shown ? showForm(context, entry, shown, error) : refuse(context, 400, error.key, error.values)
      }
    },
  )

  /** The page that was left, with what was typed there though it could not be kept; null where it is another one. */
  async function showAgain(entry: WebEntry, account: Account, language: Language, sent: SentPage) {
    if (sent.draft === '') return null
    const view = await entries.open(entry, account, language).catch((error: unknown) => {
      if (error instanceof PlainError) return null
      throw error
    })
    if (!view || view.draft !== sent.draft || view.page !== sent.page) return null
    const fields = view.fields.map((field) => {
      const typed = sent.values[field.name]
      return typeof typed === 'string' && field.type !== 'file' ? { ...field, value: typed } : field
    })
    return { ...view, fields }
  }

  async function keepFiles(context: Context, user: string, sent: File[]) {
    const files: IncomingFile[] = []
    for (const file of sent) {
      const content = new Uint8Array(await file.arrayBuffer())
      const name = cleanFileName(file.name)
      const type = fileType(name, content)
      if (file.size > largestFile) return { files, problem: 'web:file.too-large' }
      if (type === null) return { files, problem: 'web:file.not-taken' }
      const { size } = file
      const isFull =
        bytes.guest.take(user, size) + bytes.address.take(clientAddress(context, trustProxy), size) > 0
      if (isFull) return { files, problem: 'web:file.too-many' }
      files.push({ name, type, size, blob: await blobs.put(content) })
    }
    return { files, problem: null }
  }

  return app
}

function addressOf({ token }: WebEntry): string {
  return `/submit/${encodeURIComponent(token)}`
}

function showForm(
  context: Context,
  entry: WebEntry,
  view: FormView,
  problem?: Pick<PlainError, 'key' | 'values'>,
) {
  const language = screenLanguage(context)
  const wrong = view.fields.some((field) => field.problem !== '')
  const text = problem
    ? translate(language, problem.key, problem.values)
    : translate(language, wrong ? 'submissions:page.check' : 'submissions:page.kept')
  return plainPage(context, problem || wrong ? 422 : 200, {
    title: view.title,
    text,
    language,
    more: formBody(view, addressOf(entry), language),
  })
}

/** The receipt and, once, its code. */
function showDone(context: Context, cards: Card[], toast: string) {
  const language = screenLanguage(context)
  const [receipt, ...others] = cards
  return plainPage(context, 200, {
    title: receipt?.title ?? translate(language, 'submissions:page.closed'),
    text: receipt ? '' : toast,
    language,
    more: html`${receipt ? cardBody(receipt) : ''}${others.map((card) => html`<section class="plain-code"><h2>${card.title ?? ''}</h2>${cardBody(card)}</section>`)}
<p class="plain-note"><a class="plain-link" href="/receipt">${translate(language, 'submissions:page.follow')}</a></p>`,
  })
}

function cardBody({ blocks }: Card): Html {
  return html`${blocks.map((block) => {
    if (block.type === 'text')
      return html`<p class="plain-said">${block.runs.map((run) => (run.strong ? html`<strong>${run.text}</strong>` : run.text))}</p>`
    return block.type === 'note' ? html`<p class="plain-note">${block.text}</p>` : ''
  })}`
}
