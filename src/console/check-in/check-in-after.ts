import { html } from 'hono/html'
import { feedbackCard } from '../../features/events/after/after-cards.ts'
import { feedbackOf } from '../../features/events/after/feedback-figures.ts'
import { correctHours } from '../../features/events/after/hours.ts'
import { learnersOf } from '../../features/events/after/learners.ts'
import { addMaterials, materialsOf, removeMaterial } from '../../features/events/after/materials.ts'
import { sendMaterials } from '../../features/events/after/send-materials.ts'
import { eventFor, mayDo } from '../../features/events/check-in/organiser.ts'
import type { Event } from '../../features/events/records.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { cleanFileName, fileExtensions, fileType } from '../../platforms/web/file-kind.ts'
import { largestFile, largestUpload } from '../../platforms/web/limits.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import type { Store, Trx } from '../../store/store.ts'
import { cardBlocks } from '../card-blocks.ts'
import { consolePage, csrfField } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, type Visit } from '../visit.ts'

const mostLearners = 500

/** 会后: what people said of an event, the files they get, and the hours that were credited. */
export function addAfterRoutes({ options, get, post }: ConsoleRoutes): void {
  const { store, events, blobs } = options

  /** Only whoever manages the event; then back to the page. */
  const change = async (visit: Visit, work: (trx: Trx, event: Event, now: Date) => Promise<unknown>) => {
    await store.transaction(async (trx) => {
      const now = await store.now(trx)
      await work(trx, await eventFor(trx, idIn(visit, 'id'), visit.who.id, 'event.manage', now), now)
    })
    events.wakeWorkers()
    return visit.context.redirect(`/console/events/${idIn(visit, 'id')}/check-in/after`, 303)
  }

  get('/events/:id/check-in/after', async (visit) => {
    const now = await store.now()
    const event = await eventFor(store.db, idIn(visit, 'id'), visit.who.id, 'event.view', now)
    const mayManage = await mayDo(store.db, event, visit.who.id, 'event.manage', now)
    const say = (key: string) => translate(visit.language, key)
    const feedback = feedbackCard(event, await feedbackOf(store.db, event), visit.language)
    const body = html`<p class="crumbs"><a href="/console/events/${event.row.id}">${event.row.number}</a></p>
<h1>${event.row.title}</h1>
<section class="panel"><h2>${say('check-in:feedback.title')}</h2>${cardBlocks(feedback.blocks.slice(1), () => '')}</section>
${await materialsPanel(visit, store, event, mayManage)}
${await hoursPanel(visit, store, event, mayManage)}`
    return consolePage(visit, { title: say('check-in:page.after'), body, section: '/console/events' })
  })

  post(
    '/events/:id/check-in/after/materials',
    async (visit, fields) => {
      const file = fields.file('file')
      if (!file) throw new PlainError('web:file.not-taken')
      if (file.size > largestFile)
        throw new PlainError('web:file.too-large', { most: largestFile / 1024 / 1024 })
      const content = new Uint8Array(await file.arrayBuffer())
      const name = cleanFileName(file.name)
      const type = fileType(name, content)
      if (type === null) throw new PlainError('web:file.not-taken')
      const blob = await blobs.put(content)
      const given = { name, type, size: file.size, blob }
      return change(visit, (trx, event, now) => addMaterials(trx, event, [given], { by: visit.who.id, now }))
    },
    largestUpload,
  )

  post('/events/:id/check-in/after/materials/remove', (visit, fields) =>
    change(visit, (trx, { row }) => removeMaterial(trx, row.id, fields.text('material'))),
  )

  post('/events/:id/check-in/after/materials/send', (visit) =>
    change(visit, (trx, event, now) => {
      if (event.row.state !== 'over') throw new PlainError('check-in:after.not-over')
      return sendMaterials(trx, event, now)
    }),
  )

  post('/events/:id/check-in/after/hours', (visit, fields) =>
    change(visit, async (trx, event, now) => {
      const person = fields.text('person')
      const learners = await learnersOf(trx, event)
      if (!learners.some((one) => one.person === person)) throw new PlainError('console:no-such-record')
      const hours = fields.text('hours') === '' ? Number.NaN : Number(fields.text('hours'))
      await correctHours(trx, event.row.id, { person, hours, now })
    }),
  )
}

async function materialsPanel(visit: Visit, { db }: Store, event: Event, mayManage: boolean): Promise<Html> {
  const say = (key: string, values = {}) => translate(visit.language, key, values)
  const materials = await materialsOf(db, event.row.id)
  const address = `/console/events/${event.row.id}/check-in/after/materials`
  const waiting = materials.filter(({ sent_at }) => sent_at === null)
  const remove = (id: string) =>
    mayManage
      ? html` <form method="post" action="${address}/remove">${csrfField(visit)}<input type="hidden" name="material" value="${id}"><button>${say('check-in:after.remove')}</button></form>`
      : ''
  const item = ({ id, name, sent_at }: (typeof materials)[number]) =>
    html`<li>${name} <span class="small-inline">${say(sent_at === null ? 'check-in:after.unsent' : 'check-in:after.sent')}</span>${sent_at === null ? remove(id) : ''}</li>`
  return html`<section class="panel"><h2>${say('check-in:materials.title')}</h2>
${materials.length === 0 ? html`<p class="empty">${say('check-in:after.no-materials')}</p>` : html`<ul>${materials.map(item)}</ul>`}
${
  mayManage
    ? html`<form method="post" action="${address}" enctype="multipart/form-data" class="fields">${csrfField(visit)}<label>${say('check-in:after.file')}<input type="file" name="file" accept="${fileExtensions.map((one) => `.${one}`).join(',')}" required></label><button>${say('check-in:after.upload')}</button></form>
${event.row.state === 'over' && waiting.length > 0 ? html`<form method="post" action="${address}/send">${csrfField(visit)}<button class="primary">${say('check-in:after.send', { count: waiting.length })}</button></form>` : ''}`
    : ''
}</section>`
}

async function hoursPanel(visit: Visit, { db }: Store, event: Event, mayManage: boolean): Promise<Html | ''> {
  const say = (key: string, values = {}) => translate(visit.language, key, values)
  const learners = await learnersOf(db, event)
  if (learners.length === 0) return ''
  const address = `/console/events/${event.row.id}/check-in/after/hours`
  const row = ({ person, name, hours }: (typeof learners)[number]) =>
    mayManage
      ? html`<li>${name} <form method="post" action="${address}" class="check-in-fields">${csrfField(visit)}<input type="hidden" name="person" value="${person}"><input name="hours" type="number" min="0" max="100" step="0.25" value="${hours}" aria-label="${say('check-in:after.hours-of', { name })}"><button>${say('check-in:after.save')}</button></form></li>`
      : html`<li>${name} ${hours}</li>`
  return html`<link rel="stylesheet" href="/console/assets/check-in.css">
<section class="panel"><h2>${say('check-in:after.hours')}</h2>
<ul class="check-in-list">${learners.slice(0, mostLearners).map(row)}</ul>
${learners.length > mostLearners ? html`<p class="small">${say('check-in:after.more', { most: mostLearners })}</p>` : ''}</section>`
}
