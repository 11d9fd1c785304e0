import { html } from 'hono/html'
import { PlainError } from '../../messages/plain-error.ts'
import { can } from '../../people/can.ts'
import { addMembership } from '../../people/memberships.ts'
import { createOrganisation } from '../../people/organisations.ts'
import { createPerson } from '../../people/people.ts'
import { organisationKinds, roles } from '../../people/roles.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import {
  findPeople,
  type Member,
  membersOf,
  type VisibleOrganisation,
  visibleOrganisations,
} from '../members.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { kindName, roleName } from '../say.ts'
import type { Visit } from '../visit.ts'

const section = '/console/people'

/** The tree of organisations and who holds which role in the chosen one. */
export function addPeopleRoutes({ options: { store }, get, post }: ConsoleRoutes): void {
  get('/people', async (visit) => {
    const { context, actor, say, today } = visit
    const organisations = await visibleOrganisations(store.db, actor)
    const wanted = context.req.query('organisation')
    const searched = (context.req.query('q') ?? '').toWellFormed().replaceAll('\0', '').trim().slice(0, 60)
    const chosen = wanted === undefined ? organisations[0] : organisations.find(({ id }) => id === wanted)
    if (!chosen) throw new PlainError('console:no-such-record')
    const found = searched === '' ? null : await findPeople(store.db, actor, searched, today)
    const members = can(actor, 'people.view', chosen.place)
      ? await membersOf(store.db, chosen.id, today)
      : null
    const body = html`<h1 class="unseen">${say('nav.people')}</h1>
<div class="columns">
  <aside class="panel side">
    <form class="search" role="search"><label class="unseen" for="q">${say('people.search')}</label>
      <input id="q" name="q" value="${searched}" maxlength="60" placeholder="${say('people.search')}"><button>${say('people.find')}</button></form>
    <h2 class="side-title">${say('people.organisations')}</h2>
    ${organisationTree(organisations, chosen.id, say('people.organisations'))}
  </aside>
  <div class="main-column">
    ${found ? foundPeople(visit, searched, found) : ''}
    ${organisationPanel(visit, chosen, members)}
    ${addForms(visit, chosen)}
  </div>
</div>`
    return consolePage(visit, { title: say('nav.people'), body, section })
  })

  post('/people', async (visit, fields) => {
    const organisation = await editable(visit, fields.text('organisation'))
    if (!can(visit.actor, 'people.edit', organisation.place)) throw new PlainError('console:not-allowed')
    if (!can(visit.actor, 'people.give-role', organisation.place)) throw new PlainError('console:not-allowed')
    const given = { role: fields.choice('role', roles), from: fields.day('from') }
    const person = await store.transaction(async (trx) => {
      const made = await createPerson(trx, { name: fields.text('name') })
      await addMembership(trx, { person: made.id, organisation: organisation.id, ...given })
      return made
    })
    return visit.context.redirect(`${section}/${person.id}?done=added`, 303)
  })

  post('/organisations', async (visit, fields) => {
    const parent = await editable(visit, fields.text('organisation'))
    if (!can(visit.actor, 'organisation.edit', parent.place)) throw new PlainError('console:not-allowed')
    const given = {
      name: fields.text('name'),
      kind: fields.choice('kind', organisationKinds),
      parent: parent.id,
    }
    const { id } = await store.transaction((trx) => createOrganisation(trx, given))
    return visit.context.redirect(`${section}?organisation=${id}`, 303)
  })

  /** An organisation that the visitor sees; another one is told as if it were none. */
  async function editable({ actor }: Visit, id: string): Promise<VisibleOrganisation> {
    const found = (await visibleOrganisations(store.db, actor)).find((one) => one.id === id)
    if (!found) throw new PlainError('console:no-such-record')
    return found
  }
}

/** Each level a list; the depth counts from what the visitor may see, not from the root. */
function organisationTree(
  organisations: readonly VisibleOrganisation[],
  chosen: string,
  label: string,
): Html {
  const shown = new Set(organisations.map(({ id }) => id))
  const level = (of: readonly VisibleOrganisation[]): Html =>
    html`<ul class="tree"${of.some(({ parent }) => parent === null || !shown.has(parent)) ? html` aria-label="${label}"` : ''}>${of.map(
      (one) => {
        const below = organisations.filter(({ parent }) => parent === one.id)
        return html`<li><a href="${section}?organisation=${one.id}"${one.id === chosen ? html` aria-current="true"` : ''}>${one.name}</a>${below.length > 0 ? level(below) : ''}</li>`
      },
    )}</ul>`
  return level(organisations.filter(({ parent }) => parent === null || !shown.has(parent)))
}

function organisationPanel(
  { say, language }: Visit,
  chosen: VisibleOrganisation,
  members: { present: Member[]; past: Member[] } | null,
): Html {
  const rows = (list: readonly Member[]) =>
    list.map((member) => [
      html`<a href="${section}/${member.person}">${member.name}</a>`,
      html`<span class="tag tag-${member.role}">${roleName(language, member.role)}</span>`,
      member.from ?? say('people.since-ever'),
      member.until ?? say('people.open-end'),
      member.superiorName ?? '',
    ])
  const header = (['name', 'role', 'from', 'until', 'superior'] as const).map((key) => say(`people.${key}`))
  return html`<section class="panel">
  <div class="panel-head"><h2>${chosen.name}</h2><span class="tag">${kindName(language, chosen.kind)}</span></div>
  ${chosen.path === chosen.name ? '' : html`<p class="small">${chosen.path.split('/').join(' › ')}</p>`}
  ${
    members === null
      ? html`<p class="empty">${say('people.hidden')}</p>`
      : members.present.length === 0
        ? html`<p class="empty">${say('people.nobody')}</p>`
        : table(say('people.members'), header, rows(members.present))
  }
  ${
    members && members.past.length > 0
      ? html`<details class="past"><summary>${say('people.past', { count: members.past.length })}</summary>${table(say('people.members'), header, rows(members.past))}</details>`
      : ''
  }
</section>`
}

function foundPeople({ say }: Visit, searched: string, found: readonly { id: string; name: string }[]): Html {
  return html`<section class="panel"><h2>${say('people.found', { text: searched })}</h2>
${
  found.length === 0
    ? html`<p class="empty">${say('people.found-none')}</p>`
    : html`<ul class="plain-list">${found.map(({ id, name }) => html`<li><a href="${section}/${id}">${name}</a></li>`)}</ul>`
}</section>`
}

function addForms(visit: Visit, chosen: VisibleOrganisation): Html {
  const { actor, say, language, today } = visit
  const mayAdd = can(actor, 'people.edit', chosen.place) && can(actor, 'people.give-role', chosen.place)
  const hidden = html`${csrfField(visit)}<input type="hidden" name="organisation" value="${chosen.id}">`
  const person = html`<details class="panel form-panel" id="add-person"><summary>${say('people.add-person')}</summary>
<form method="post" action="${section}" class="fields">${hidden}
<label>${say('people.name')}<input name="name" required maxlength="60" autocomplete="off"></label>
<label>${say('people.role')}<select name="role">${roles.map((role) => html`<option value="${role}">${roleName(language, role)}</option>`)}</select></label>
<label>${say('people.from-day')}<input type="date" name="from" value="${today}"></label>
<p class="small">${say('people.add-person-hint', { organisation: chosen.name })}</p>
<button class="primary">${say('people.add')}</button></form></details>`
  const organisation = html`<details class="panel form-panel" id="add-organisation"><summary>${say('people.add-organisation')}</summary>
<form method="post" action="/console/organisations" class="fields">${hidden}
<label>${say('people.organisation-name')}<input name="name" required maxlength="60" autocomplete="off"></label>
<label>${say('people.kind')}<select name="kind">${organisationKinds.toReversed().map((kind) => html`<option value="${kind}">${kindName(language, kind)}</option>`)}</select></label>
<button class="primary">${say('people.add')}</button></form></details>`
  return html`${mayAdd ? person : ''}${can(actor, 'organisation.edit', chosen.place) ? organisation : ''}`
}
