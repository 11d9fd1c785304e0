import { html } from 'hono/html'
import { PlainError } from '../../messages/plain-error.ts'
import { placeOf, placesOfPerson } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { endRole, readMembership } from '../../people/end-role.ts'
import { createLink } from '../../people/links.ts'
import { addMembership, isInForce, type Membership, membershipsOf } from '../../people/memberships.ts'
import { accountsOf, type Person, readPerson } from '../../people/people.ts'
import { roles } from '../../people/roles.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { consolePage, csrfField, table } from '../frame.ts'
import { invitationValidFor } from '../limits.ts'
import { type VisibleOrganisation, visibleOrganisations } from '../members.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { roleName } from '../say.ts'
import { idIn, type Visit } from '../visit.ts'

const section = '/console/people'

/** One person: roles, accounts, and the link by which they sign in. */
export function addPersonRoutes({ options, get, post }: ConsoleRoutes): void {
  const { store, logger } = options

  get('/people/:id', async (visit) => {
    const { person, places } = await visiblePerson(visit)
    const { say, actor } = visit
    const organisations = await visibleOrganisations(store.db, actor)
    const memberships = await membershipsOf(store.db, person.id)
    const platforms = [...new Set((await accountsOf(store.db, person.id)).map(({ platform }) => platform))]
    const shown = memberships.filter(({ organisation }) =>
      organisations.some(({ id }) => id === organisation),
    )
    const givable = organisations.filter(({ place }) => can(actor, 'people.give-role', place))
    const done = visit.context.req.query('done')
    const body = html`<nav class="crumbs" aria-label="${say('person.where')}"><a href="${section}">${say('nav.people')}</a></nav>
<h1>${person.name}</h1>
${done === 'added' || done === 'role' || done === 'ended' ? html`<p class="done" role="status">${say(`person.done.${done}`)}</p>` : ''}
<section class="panel"><h2>${say('person.roles')}</h2>
${shown.length === 0 ? html`<p class="empty">${say('person.no-roles')}</p>` : rolesTable(visit, person, shown, organisations)}
</section>
${givable.length > 0 ? roleForm(visit, person, givable) : ''}
<section class="panel"><h2>${say('person.access')}</h2>
<p class="prose">${platforms.length === 0 ? say('person.no-account') : say('person.accounts', { platforms: platforms.map((name) => say(`platform.${platformKey(name)}`)).join('、') })}</p>
${
  can(actor, 'people.invite', places)
    ? html`<form method="post" action="${section}/${person.id}/link">${csrfField(visit)}<button class="primary" id="make-link">${say('person.make-link')}</button></form>
<p class="small">${say('person.link-hint')}</p>`
    : ''
}
</section>`
    return consolePage(visit, { title: person.name, body, section })
  })

  post('/people/:id/link', async (visit) => {
    const { person, places } = await visiblePerson(visit)
    const toCome = await placesToCome(visit, person)
    if (!can(visit.actor, 'people.invite', [...places, ...toCome]))
      throw new PlainError('console:not-allowed')
    const token = await store.transaction((trx) =>
      createLink(trx, {
        person: person.id,
        purpose: 'sign-in',
        validFor: invitationValidFor,
        now: visit.now,
      }),
    )
    logger.info({ person: person.id, by: visit.who.id }, 'a sign-in link was made')
    const { say } = visit
    const until = minuteInChina(new Date(visit.now.getTime() + invitationValidFor))
    const body = html`<nav class="crumbs" aria-label="${say('person.where')}"><a href="${section}">${say('nav.people')}</a> › <a href="${section}/${person.id}">${person.name}</a></nav>
<section class="panel narrow"><h1>${say('link.title', { name: person.name })}</h1>
<p class="prose">${say('link.text', { name: person.name, until })}</p>
<label class="unseen" for="link">${say('link.label')}</label>
<input class="link-box" id="link" readonly value="${options.publicUrl()}/sign-in/${token}">
<p class="actions"><button type="button" class="primary" data-copy="link" data-copied="${say('link.copied')}" hidden>${say('link.copy')}</button>
<a class="button" href="${section}/${person.id}">${say('link.done')}</a></p>
<p class="small">${say('link.once')}</p></section>`
    return consolePage(visit, { title: say('link.title', { name: person.name }), body, section })
  })

  post('/people/:id/roles', async (visit, fields) => {
    const { person } = await visiblePerson(visit)
    const organisations = await visibleOrganisations(store.db, visit.actor)
    const organisation = organisations.find(({ id }) => id === fields.text('organisation'))
    if (!organisation) throw new PlainError('console:no-such-record')
    if (!can(visit.actor, 'people.give-role', organisation.place)) throw new PlainError('console:not-allowed')
    const given = { role: fields.choice('role', roles), from: fields.day('from'), until: fields.day('until') }
    const membership = { person: person.id, organisation: organisation.id, ...given }
    await store.transaction((trx) => addMembership(trx, membership, { by: visit.who.id }))
    return visit.context.redirect(`${section}/${person.id}?done=role`, 303)
  })

  post('/people/:id/roles/:membership/end', async (visit, fields) => {
    const { person } = await visiblePerson(visit)
    const organisations = await visibleOrganisations(store.db, visit.actor)
    const lastDay = fields.text('when') === 'now' ? 'at once' : (fields.day('last') ?? visit.today)
    await store.transaction(async (trx) => {
      const membership = await readMembership(trx, idIn(visit, 'membership'))
      const place = organisations.find(({ id }) => id === membership?.organisation)?.place
      if (membership?.person !== person.id || !place) throw new PlainError('console:no-such-record')
      if (!can(visit.actor, 'people.give-role', place)) throw new PlainError('console:not-allowed')
      await endRole(trx, membership, { lastDay, today: visit.today })
    })
    return visit.context.redirect(`${section}/${person.id}?done=ended`, 303)
  })

  /**
   * Where a person will stand: who opens a sign-in link stays signed in, so it must not be had by the
   * administrator of a branch for somebody who is the whole group's from tomorrow on.
   */
  async function placesToCome({ today }: Visit, person: Person) {
    const memberships = await membershipsOf(store.db, person.id)
    const toCome = memberships.filter(({ from }) => from !== null && from > today)
    const places = []
    for (const { organisation } of toCome) places.push(await placeOf(store.db, organisation))
    return places
  }

  /** Somebody whom the visitor may see; others are told as if there were no such person. */
  async function visiblePerson(visit: Visit) {
    const { actor, today } = visit
    const person = await readPerson(store.db, idIn(visit, 'id'))
    const places = person ? await placesOfPerson(store.db, person.id, today) : []
    if (!person || !can(actor, 'people.view', places)) throw new PlainError('console:no-such-record')
    return { person, places }
  }
}

const platformNames = ['web', 'terminal', 'feishu', 'slack'] as const

function platformKey(platform: string): (typeof platformNames)[number] | 'other' {
  return platformNames.find((name) => name === platform) ?? 'other'
}

function rolesTable(
  visit: Visit,
  person: Person,
  memberships: readonly Membership[],
  organisations: readonly VisibleOrganisation[],
): Html {
  const { say, language, actor, today } = visit
  const rows = memberships.map((membership) => {
    const organisation = organisations.find(({ id }) => id === membership.organisation)!
    const isOver = membership.until !== null && membership.until < today
    const mayEnd = !isOver && can(actor, 'people.give-role', organisation.place)
    const state = isInForce(membership, today) ? '' : say(isOver ? 'person.over' : 'person.to-come')
    return [
      html`<a href="${section}?organisation=${organisation.id}">${organisation.path.split('/').join(' › ')}</a>`,
      html`<span class="tag tag-${membership.role}">${roleName(language, membership.role)}</span>`,
      membership.from ?? say('people.since-ever'),
      html`${membership.until ?? say('people.open-end')}${state === '' ? '' : html` <span class="small">${state}</span>`}`,
      mayEnd
        ? html`<details class="end"><summary>${say('person.end')}</summary>
<form method="post" action="${section}/${person.id}/roles/${membership.id}/end">${csrfField(visit)}
<label>${say('person.last-day')}<input type="date" name="last" value="${today}"${membership.until === null ? '' : html` max="${membership.until}"`}></label>
<span class="actions"><button>${say('person.end-then')}</button><button name="when" value="now" class="danger">${say('person.end-now')}</button></span></form></details>`
        : '',
    ]
  })
  const header = (['organisation', 'role', 'from', 'until'] as const).map((key) => say(`people.${key}`))
  return table(say('person.roles'), [...header, say('person.change')], rows)
}

function roleForm(visit: Visit, person: Person, organisations: readonly VisibleOrganisation[]): Html {
  const { say, language, today } = visit
  return html`<details class="panel form-panel" id="add-role"><summary>${say('person.add-role')}</summary>
<form method="post" action="${section}/${person.id}/roles" class="fields">${csrfField(visit)}
<label>${say('people.organisation')}<select name="organisation">${organisations.map(({ id, path }) => html`<option value="${id}">${path.split('/').join(' › ')}</option>`)}</select></label>
<label>${say('people.role')}<select name="role">${roles.map((role) => html`<option value="${role}">${roleName(language, role)}</option>`)}</select></label>
<label>${say('people.from-day')}<input type="date" name="from" value="${today}"></label>
<label>${say('people.until-day')}<input type="date" name="until"></label>
<button class="primary">${say('people.add')}</button></form></details>`
}
