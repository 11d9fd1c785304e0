import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { book } from '../../features/resources/booking/book.ts'
import { refused } from '../../features/resources/booking/when.ts'
import type { ResourcesContext } from '../../features/resources/context.ts'
import { listResources } from '../../features/resources/finding/list-resources.ts'
import { readResource } from '../../features/resources/records.ts'
import { sightOf } from '../../features/resources/sight.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { clientAddress, type TrustsProxy } from '../../platforms/web/client-address.ts'
import { mostRates } from '../../platforms/web/limits.ts'
import { plainPage, refuse } from '../../platforms/web/plain-page.ts'
import { RateLimit } from '../../platforms/web/rate-limit.ts'
import { isFromOwnPage } from '../../platforms/web/same-origin.ts'
import { screenLanguage } from '../../platforms/web/screen-language.ts'
import { type Fields, fieldsOf } from '../form-fields.ts'
import { largestForm, pagesPerMinute } from '../limits.ts'
import { emptyRequest, type OpenDayRequest, requestForm, resourceFacts, sentPage } from './open-day-form.ts'
import { addOpenDayReceipt } from './open-day-receipt.ts'

export interface OpenDayOptions {
  resources: ResourcesContext
  clock: () => Date
  trustProxy: TrustsProxy
}

/** Requests sent in within an hour from one address: a school asks for some, not for hundreds. */
const mostAnHour = 20
const hour = 3600_000
/** Resources on the list; a directory for the public is short. */
const mostListed = 100

/**
 * `/open-day`: what is open to everybody; `/r/ID`: one of them, with the form by which an outside unit asks for it;
 * `/open-day/receipt`: what became of that. Works without scripts.
 */
export function createOpenDayPages({ resources, clock, trustProxy }: OpenDayOptions): Hono {
  const app = new Hono()
  const { store, blobs } = resources
  const pages = new RateLimit(pagesPerMinute, mostRates, clock)
  const requests = new RateLimit(mostAnHour, mostRates, clock, hour)

  /** What says why nothing is shown; null: it is. */
  const barred = (context: Context) => {
    context.header('Vary', 'Accept-Language, Cookie')
    return pages.take(clientAddress(context, trustProxy)) > 0
      ? refuse(context, 429, 'resources:page.too-many')
      : null
  }

  /** The resource of the address, where everybody may see it; null: there is none. */
  async function shown(context: Context) {
    const id = context.req.param('id') ?? ''
    if (!/^[\w-]{1,64}$/.test(id)) return null
    try {
      const resource = await readResource(store.db, id)
      const isShown = resource.row.share === 'public' && resource.row.state !== 'retired'
      return isShown ? resource : null
    } catch (error) {
      if (error instanceof PlainError) return null
      throw error
    }
  }

  app.get('/open-day', async (context) => {
    const stop = barred(context)
    if (stop) return stop
    const language = screenLanguage(context)
    const everybody = await sightOf(store.db, null, dayInChina(clock()))
    const { rows } = await listResources(store.db, everybody, { state: 'open', from: 0, limit: mostListed })
    return plainPage(context, 200, {
      title: translate(language, 'resources:page.title'),
      text: translate(language, rows.length === 0 ? 'resources:page.none' : 'resources:page.text'),
      language,
      more: html`${rows.map((row) => html`<p><a class="plain-link" href="/r/${row.id}">${row.title}</a></p><p class="plain-note">${[row.subjects, row.place].filter(Boolean).join(' · ')}</p>`)}
<p class="plain-note"><a class="plain-link" href="/open-day/receipt">${translate(language, 'resources:page.follow')}</a></p>`,
    })
  })

  app.get('/r/:id', async (context) => {
    const stop = barred(context)
    if (stop) return stop
    const resource = await shown(context)
    if (!resource) return refuse(context, 404, 'resources:page.gone')
    return formPage(context, resource, emptyRequest, null)
  })

  app.get('/r/:id/photo', async (context) => {
    const stop = barred(context)
    if (stop) return stop
    const resource = await shown(context)
    const bytes = resource?.row.photo ? await blobs.get(resource.row.photo) : null
    if (!resource || !bytes) return refuse(context, 404, 'resources:page.gone')
    return context.body(new Uint8Array(bytes), 200, {
      ...{ 'Content-Type': resource.row.photo_type, 'X-Content-Type-Options': 'nosniff' },
      'Cache-Control': 'public, max-age=3600',
    })
  })

  const small = bodyLimit({
    maxSize: largestForm,
    onError: (context) => refuse(context, 413, 'console:too-large'),
  })

  app.post('/r/:id', small, async (context) => {
    if (!isFromOwnPage(context)) return refuse(context, 403, 'console:stale-form')
    const stop = barred(context)
    if (stop) return stop
    const resource = await shown(context)
    if (!resource) return refuse(context, 404, 'resources:page.gone')
    const fields = await fieldsOf(context)
    const request = requestOf(fields)
    // Nobody sees this field; what fills it in fills in everything.
    if (fields.text('website') !== '') return refuse(context, 400, 'console:not-understood')
    try {
      if (fields.text('consent') !== 'yes') throw refused('consent')
      if (requests.wait(clientAddress(context, trustProxy)) > 0) throw refused('too-often')
      const booked = await store.transaction(async (trx) => {
        const now = await store.now(trx)
        const { day, from, to, people, ...details } = request
        return book(trx, resources, {
          ...{ resource: resource.row.id, person: null, details, language: screenLanguage(context), now },
          wish: { day, from, to, people: Number(people.normalize('NFKC')) },
        })
      })
      // Only what was taken counts: whoever mistypes a day may try again.
      requests.take(clientAddress(context, trustProxy))
      resources.wakeWorkers()
      return sentPage(context, { number: booked.booking.number, code: booked.code ?? '' })
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      return formPage(context, resource, request, error)
    }
  })

  addOpenDayReceipt(app, { resources, trustProxy, barred })
  return app

  function formPage(
    context: Context,
    resource: Awaited<ReturnType<typeof readResource>>,
    request: OpenDayRequest,
    problem: PlainError | null,
  ) {
    const language = screenLanguage(context)
    const isOpen = resource.row.state === 'open'
    return plainPage(context, problem ? 422 : 200, {
      title: resource.row.title,
      text: resource.row.description,
      language,
      more: html`${resourceFacts(resource, resources.kinds, language)}
${isOpen ? requestForm(resource, request, problem, language) : html`<p class="plain-note">${translate(language, 'resources:standing.paused')}</p>`}
<p class="plain-note"><a class="plain-link" href="/open-day/receipt">${translate(language, 'resources:page.follow')}</a></p>`,
    })
  }
}

function requestOf({ text }: Fields): OpenDayRequest {
  const names = Object.keys(emptyRequest) as (keyof OpenDayRequest)[]
  return Object.fromEntries(names.map((name) => [name, text(name)])) as unknown as OpenDayRequest
}
