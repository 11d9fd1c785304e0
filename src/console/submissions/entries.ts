import { html } from 'hono/html'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { listOrganisations } from '../../people/organisations.ts'
import { plainPage } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { consolePage, csrfField } from '../frame.ts'
import { qrCode } from '../qr-code.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs } from '../visit.ts'

const section = '/console/entries'

/** Web forms for people without account: their addresses, to be handed on or put up, and their end. */
export function addEntryRoutes({ options: { store, entries, publicUrl }, get, post }: ConsoleRoutes): void {
  const addressOf = ({ token }: { token: string }) => `${publicUrl()}/submit/${token}`

  get('/entries', async (visit) => {
    needs(visit, 'submission.enter')
    const { say, who, actor, language } = visit
    const organisations = []
    for (const one of await listOrganisations(store.db)) {
      if (can(actor, 'submission.enter', await placeOf(store.db, one.id))) organisations.push(one)
    }
    const kinds = entries.kinds()
    const open = await entries.entries(who.id)
    const body = html`<h1>${say('nav.entries')}</h1>
<p class="lead">${say('entries.lead')}</p>
<section class="panel"><h2>${say('entries.make')}</h2>
<form method="post" action="${section}" class="fields">${csrfField(visit)}
<label>${say('entries.kind')}<select name="kind" required>${kinds.map(({ kind, title }) => html`<option value="${kind}">${translate(language, title)}</option>`)}</select></label>
<label>${say('entries.organisation')}<select name="organisation" required>${organisations.map(({ id, path }) => html`<option value="${id}">${path}</option>`)}</select></label>
<button class="primary">${say('entries.make')}</button></form></section>
${open.length === 0 ? html`<section class="panel"><p class="empty">${say('entries.none')}</p></section>` : ''}
${open.map((entry) => {
  const url = addressOf(entry)
  return html`<section class="panel"><h2>${translate(language, entry.title)} · ${entry.organisationName}</h2>
${qrCode(url, say('entries.code'))}
<label class="fields">${say('entries.address')}<input readonly value="${url}"></label>
<p class="small"><a href="${section}/${entry.id}/poster">${say('entries.poster')}</a> · <a href="${url}">${say('entries.open')}</a> · ${minuteInChina(entry.madeAt)}</p>
<form method="post" action="${section}/${entry.id}/end">${csrfField(visit)}<button>${say('entries.end')}</button></form></section>`
})}`
    return consolePage(visit, { title: say('nav.entries'), body, section })
  })

  get('/entries/:id/poster', async (visit) => {
    needs(visit, 'submission.enter')
    const { say, who, language, context } = visit
    const id = idIn(visit, 'id')
    const entry = (await entries.entries(who.id)).find((one) => one.id === id)
    if (!entry) throw new PlainError('console:no-such-record')
    return plainPage(context, 200, {
      title: translate(language, entry.title),
      text: say('entries.poster-text', { organisation: entry.organisationName }),
      language,
      more: html`${qrCode(addressOf(entry), say('entries.code'))}<p class="small">${addressOf(entry)}</p>`,
    })
  })

  post('/entries', async (visit, fields) => {
    needs(visit, 'submission.enter')
    await entries.makeEntry(visit.who.id, {
      kind: fields.text('kind'),
      organisation: fields.text('organisation'),
    })
    return visit.context.redirect(section, 303)
  })

  post('/entries/:id/end', async (visit) => {
    needs(visit, 'submission.enter')
    await entries.endEntry(visit.who.id, idIn(visit, 'id'))
    return visit.context.redirect(section, 303)
  })
}
