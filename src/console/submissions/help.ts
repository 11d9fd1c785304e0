import { html } from 'hono/html'
import {
  clauseName,
  type DeskRequest,
  type HelpDesk,
  type Named,
  type RequestFacts,
} from '../../features/help/port.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { nameInDirectory } from '../../people/directory.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import type { Fields } from '../form-fields.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'

const section = '/console/help'
/** What became of what somebody sent in, as the page says it then. */
const outcomes = ['sent', 'hidden', 'alone', 'added', 'declined'] as const
/** Code points, as in the chat's forms. */
const longest = { text: 3000, clause: 200, reason: 500 }

/** Questions that people put to a person: what waits, what was answered, and the reply to those without a chat. */
export function addHelpRoutes({ options: { store, help }, get, post }: ConsoleRoutes): void {
  get('/help', async (visit) => {
    needs(visit, 'help.view')
    const { say, who } = visit
    const requests = await help.list(who.id)
    const paths = new Map((await listOrganisations(store.db)).map(({ id, path }) => [id, path]))
    const groups = Map.groupBy(requests, ({ request }) => request.organisation ?? '')
    const order = [...groups].sort(
      ([one], [other]) =>
        countOpen(groups.get(other)!) - countOpen(groups.get(one)!) || (one < other ? -1 : 1),
    )
    const body = html`<h1>${say('nav.help')}</h1>
<p class="lead">${say('help.lead')}</p>
${order.length === 0 ? html`<section class="panel"><p class="empty">${say('help.none')}</p></section>` : ''}
${order.map(([organisation, list]) => {
  const name = paths.get(organisation)?.split('/').join(' › ') ?? say('help.guests')
  return html`<section class="panel"><h2>${name}</h2>${listTable(visit, name, list)}</section>`
})}`
    return consolePage(visit, { title: say('nav.help'), body, section })
  })

  get('/help/:id', async (visit) => {
    needs(visit, 'help.view')
    const request = await readFor(visit, help)
    const { context, say } = visit
    const done = context.req.query('done')
    const told = outcomes.find((one) => one === done)
    const supplement = context.req.query('supplement') ?? ''
    const { number } = request.facts.request
    const body = html`<nav class="crumbs" aria-label="${say('person.where')}"><a href="${section}">${say('nav.help')}</a></nav>
<h1>${number}</h1>
${told ? html`<p class="done" role="status">${say(`help.done.${told}`)}</p>` : ''}
${/^[\w-]{1,64}$/.test(supplement) ? supplementForm(visit, request, supplement) : ''}
${questionPanel(visit, request)}
${request.mayAnswer && request.facts.request.state === 'open' ? replyForms(visit, request) : ''}`
    return consolePage(visit, { title: number, body, section })
  })

  post('/help/:id/reply', async (visit, fields) => {
    needs(visit, 'help.answer')
    const id = idIn(visit, 'id')
    const text = required(fields, 'text', longest.text)
    const clause = limited(fields.text('clause'), longest.clause)
    const result = await help.answer(visit.who.id, { request: id, text, clause })
    const query =
      result.outcome === 'second'
        ? `supplement=${result.supplement}`
        : `done=${result.clause === 'given' ? 'sent' : result.clause}`
    return visit.context.redirect(`${section}/${id}?${query}`, 303)
  })

  post('/help/:id/supplement', async (visit, fields) => {
    needs(visit, 'help.answer')
    await help.supplement(visit.who.id, fields.text('supplement'))
    return visit.context.redirect(`${section}/${idIn(visit, 'id')}?done=added`, 303)
  })

  post('/help/:id/decline', async (visit, fields) => {
    needs(visit, 'help.answer')
    const id = idIn(visit, 'id')
    await help.decline(visit.who.id, { request: id, reason: required(fields, 'reason', longest.reason) })
    return visit.context.redirect(`${section}/${id}?done=declined`, 303)
  })
}

const countOpen = (requests: readonly RequestFacts[]) =>
  requests.filter(({ request }) => request.state === 'open').length

function readFor({ who, ...visit }: Visit, help: HelpDesk): Promise<DeskRequest> {
  return help.read(who.id, idIn({ who, ...visit }, 'id'))
}

function required(fields: Fields, name: 'text' | 'reason', most: number): string {
  const text = limited(fields.text(name), most)
  if (text === '') throw new PlainError('console:help.empty')
  return text
}

function limited(text: string, most: number): string {
  if (Array.from(text).length > most) throw new PlainError('console:help.too-long', { most })
  return text
}

function listTable({ say, language }: Visit, label: string, requests: readonly RequestFacts[]): Html {
  const header = (['number', 'question', 'asker', 'asked', 'state-title'] as const).map((key) =>
    say(`help.${key}`),
  )
  const rows = requests.map(({ request, asker, guest }) => [
    html`<a href="${section}/${request.id}">${request.number}</a>`,
    request.question,
    asker?.name ?? nameInDirectory(guest, language) ?? say('help.guest'),
    minuteInChina(new Date(request.asked_at)),
    html`<span class="tag${request.state === 'open' ? ' waiting' : ''}">${say(`help.state.${request.state}`)}</span>${request.urgent === 1 && request.state === 'open' ? html` <span class="tag waiting">${say('help.urgent')}</span>` : ''}`,
  ])
  return table(label, header, rows)
}

function questionPanel({ say, language }: Visit, { facts, nearest, clause, supplements }: DeskRequest): Html {
  const { request, asker, guest, askedFor, answeredBy } = facts
  const lines: [string, string][] = [
    [say('help.asker'), asker ? signed(asker) : (nameInDirectory(guest, language) ?? say('help.guest'))],
    ...(askedFor === '' ? [] : [[say('help.asked-for'), askedFor] as [string, string]]),
    [say('help.asked'), minuteInChina(new Date(request.asked_at))],
    [say('help.state-title'), say(`help.state.${request.state}`)],
    ...(nearest ? [[say('help.nearest'), clauseName(nearest, language)] as [string, string]] : []),
  ]
  const answered = request.answered_at ? minuteInChina(new Date(request.answered_at)) : ''
  return html`<section class="panel"><h2>${say('help.question')}</h2>
<p class="prose">${request.question}</p>
${request.background === '' ? '' : html`<p class="prose">${say('help.background')}${request.background}</p>`}
<dl class="facts">${lines.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>
${
  request.reply === null
    ? ''
    : html`<section class="panel"><h2>${say('help.reply')}</h2><p class="prose">${request.reply}</p>
<p class="small">${answeredBy && request.close_reason === null ? signed(answeredBy) : ''} ${answered}</p>
${clause ? html`<p class="small">${clauseName(clause, language)}</p>` : ''}
${supplements.map(({ text, by }) => html`<p class="prose">${text}</p><p class="small">${signed(by)}</p>`)}</section>`
}
${
  request.close_reason === null
    ? ''
    : html`<section class="panel"><h2>${say('help.reason')}</h2><p class="prose">${request.close_reason}</p>
<p class="small">${answeredBy ? signed(answeredBy) : ''}</p></section>`
}`
}

function signed({ name, organisation }: Named): string {
  return organisation === '' ? name : `${name}（${organisation}）`
}

function replyForms(visit: Visit, { facts }: DeskRequest): Html {
  const { say } = visit
  const to = `${section}/${facts.request.id}`
  return html`<section class="panel"><h2>${say('help.write')}</h2>
<form method="post" action="${to}/reply" class="fields" id="reply">${csrfField(visit)}
<label>${say('help.reply')}<textarea name="text" rows="6" maxlength="${longest.text}" required></textarea></label>
<label>${say('help.clause')}<input name="clause" maxlength="${longest.clause}" placeholder="${say('help.clause-example')}"></label>
<p class="small">${say('help.reply-hint')}</p>
<button class="primary">${say('help.send')}</button></form></section>
<details class="panel form-panel" id="decline"><summary>${say('help.decline')}</summary>
<form method="post" action="${to}/decline" class="fields">${csrfField(visit)}
<label>${say('help.reason')}<textarea name="reason" rows="3" maxlength="${longest.reason}" required></textarea></label>
<p class="small">${say('help.decline-hint')}</p>
<button>${say('help.close')}</button></form></details>`
}

function supplementForm(visit: Visit, { facts }: DeskRequest, supplement: string): Html {
  const { say } = visit
  return html`<section class="panel"><p class="prose">${say('help.second', { name: facts.answeredBy?.name ?? '' })}</p>
<form method="post" action="${section}/${facts.request.id}/supplement">${csrfField(visit)}
<input type="hidden" name="supplement" value="${supplement}"><button class="primary">${say('help.add')}</button></form></section>`
}
