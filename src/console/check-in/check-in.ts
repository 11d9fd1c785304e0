import { html } from 'hono/html'
import { letInByHand } from '../../features/events/check-in/by-hand.ts'
import { catchUp, mostEntries, readEntries } from '../../features/events/check-in/catch-up.ts'
import { checkInState } from '../../features/events/check-in/check-in-state.ts'
import { eventFor } from '../../features/events/check-in/organiser.ts'
import { signedList } from '../../features/events/check-in/signed-list.ts'
import { setWalkIns } from '../../features/events/check-in/walk-ins.ts'
import { whenOf } from '../../features/events/lists/event-texts.ts'
import type { Event } from '../../features/events/records.ts'
import { translate } from '../../messages/translate.ts'
import { cardBlocks } from '../card-blocks.ts'
import { consolePage, csrfField } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, type Visit } from '../visit.ts'
import { addAfterRoutes } from './check-in-after.ts'
import { addScreenRoutes } from './check-in-screen.ts'
import { decoderAddress } from './check-in-scripts.ts'
import { pageTexts } from './check-in-texts.ts'

/** What a phone that was without a network hands over at once. */
const largestBatch = 512 * 1024

/** 签到: the page with which organisers let people in, on a phone, with or without a network. */
export function addCheckInRoutes(routes: ConsoleRoutes): void {
  const { options, get, post } = routes
  const { store, events } = options

  const opened = async (visit: Visit) => {
    const now = await store.now()
    const event = await eventFor(store.db, idIn(visit, 'id'), visit.who.id, 'event.check-in', now)
    return { event, now }
  }

  get('/events/:id/check-in', async (visit) => {
    const { event } = await opened(visit)
    return checkInPage(visit, event)
  })

  get('/events/:id/check-in/list', async (visit) => {
    const { event, now } = await opened(visit)
    const { id: person } = visit.who
    const body = await store.snapshot(async (trx) => ({
      ...(await signedList(trx, events, event, { person, language: visit.language, now })),
      ...(await checkInState(trx, event)),
    }))
    return visit.context.json({ ...body, now: now.toISOString(), csrf: visit.csrf })
  })

  get('/events/:id/check-in/state', async (visit) => {
    const { event } = await opened(visit)
    const { inside, revision } = await checkInState(store.db, event)
    const times = Object.values(inside)
    const known = `${times.length}-${times.reduce((a, b) => (a > b ? a : b), '')}`
    const isKnown = visit.context.req.query('known') === known
    return visit.context.json({ revision, ...(isKnown ? {} : { inside }) })
  })

  post(
    '/events/:id/check-in/entries',
    async (visit, fields) => {
      const entries = readEntries(fields.text('entries'))
      const answers = await store.transaction(async (trx) => {
        const now = await store.now(trx)
        const person = visit.who.id
        const event = await eventFor(trx, idIn(visit, 'id'), person, 'event.check-in', now)
        return catchUp(trx, events, event, { entries, token: fields.text('token'), person, now })
      })
      events.wakeWorkers()
      return visit.context.json({ answers })
    },
    largestBatch,
  )

  // Without a script: one name or code at a time.
  post('/events/:id/check-in', async (visit, fields) => {
    const { event, card } = await store.transaction(async (trx) => {
      const now = await store.now(trx)
      const { id: person } = visit.who
      const event = await eventFor(trx, idIn(visit, 'id'), person, 'event.check-in', now)
      const asked = { name: fields.text('code').slice(0, 200), person, language: visit.language, now }
      return { event, card: (await letInByHand(trx, events, event, asked)).card }
    })
    events.wakeWorkers()
    return checkInPage(
      visit,
      event,
      cardBlocks(card.blocks, () => ''),
    )
  })

  post('/events/:id/check-in/walk-ins', async (visit, fields) => {
    await store.transaction(async (trx) => {
      const now = await store.now(trx)
      const event = await eventFor(trx, idIn(visit, 'id'), visit.who.id, 'event.manage', now)
      await setWalkIns(trx, event, fields.text('walk-ins') === 'yes', now)
    })
    return visit.context.redirect(`/console/events/${idIn(visit, 'id')}/check-in`, 303)
  })

  addScreenRoutes(routes)
  addAfterRoutes(routes)
}

function checkInPage(visit: Visit, { row }: Event, result: ReturnType<typeof cardBlocks> | '' = '') {
  const { language, now } = visit
  const say = (key: string) => translate(language, key)
  const address = `/console/events/${row.id}/check-in`
  const isOn = row.walk_ins === 1
  const body = html`<link rel="stylesheet" href="/console/assets/check-in.css">
<p class="crumbs"><a href="/console/events/${row.id}">${row.number}</a></p>
<h1>${row.title}</h1>
<p class="small">${whenOf(row, language, now)}</p>
<div id="check-in" data-event="${row.id}" data-address="${address}" data-csrf="${visit.csrf}" data-language="${language}" data-zone="${row.time_zone}" data-most="${mostEntries}" data-decoder="${decoderAddress}" data-texts="${JSON.stringify(pageTexts(language))}">
<section class="panel">
<p class="check-in-state small" data-part="state" role="status"></p>
<p class="check-in-result" data-part="result" role="status" aria-live="assertive"${result === '' ? html` hidden` : ''}>${result}</p>
<p><button type="button" class="primary check-in-camera" data-part="camera" hidden>${say('check-in:page.camera-on')}</button></p>
<video class="check-in-video" data-part="video" muted playsinline hidden></video>
<form method="post" action="${address}" data-part="form" class="check-in-fields">${csrfField(visit)}
<input name="code" data-part="code" aria-label="${say('check-in:page.code')}" placeholder="${say('check-in:page.code')}" maxlength="200" autocomplete="off" autocapitalize="characters" spellcheck="false" required><button class="primary">${say('check-in:page.check-in')}</button></form>
</section>
<section class="panel" data-part="list" hidden>
<p data-part="figures"></p>
<input type="search" data-part="search" aria-label="${say('check-in:page.search')}" placeholder="${say('check-in:page.search')}">
<ul class="check-in-list" data-part="guests"></ul>
<p class="small" data-part="more" hidden>${say('check-in:page.more')}</p>
</section>
</div>
<section class="panel"><div class="actions"><a class="button" href="${address}/screen">${say('check-in:page.screen')}</a><a class="button" href="${address}/after">${say('check-in:page.after')}</a>
<form method="post" action="${address}/walk-ins">${csrfField(visit)}<input type="hidden" name="walk-ins" value="${isOn ? 'no' : 'yes'}"><button>${say(isOn ? 'check-in:page.walk-ins-off' : 'check-in:page.walk-ins-on')}</button></form></div>
<p class="small">${say(isOn ? 'check-in:page.walk-ins-are-on' : 'check-in:page.walk-ins-are-off')}</p></section>
<script type="module" src="/console/assets/check-in.js"></script>`
  return consolePage(visit, { title: say('check-in:ways.title'), body, section: '/console/events' })
}
