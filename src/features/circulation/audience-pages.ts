import type { FilledForm, FormField, FormPage, FormValues } from '../../forms/definition.ts'
import type { Problem } from '../../forms/fields/refuse.ts'
import { createLookup } from '../../forms/lookup-people.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf } from '../../people/actor.ts'
import type { Audience } from '../../people/audience.ts'
import { can } from '../../people/can.ts'
import { chatsOf } from '../../people/chats.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { type Role, roles } from '../../people/roles.ts'
import { mustReachAudience, withBelow } from './may-send.ts'

/** Who chooses an audience. */
export interface AudienceMaker {
  person: string
  now: Date
}

/** Names that one form may hold. */
const mostOrganisations = 100
const mostPeople = 200

const label = (name: string) => `circulation:audience.${name}`

/**
 * The pages by which an audience is chosen: groups, members of organisations, people by name; checked for what there is
 * and for the right to send there. Whoever shows them reads their answers with `audienceOf`.
 * @param prefix Begins the names of their fields and pages, so that they stand in any form.
 * @param when Whether they are asked at all. Default: always.
 */
export function audiencePages(prefix = 'to', when: FormPage['when'] = () => true): FormPage[] {
  const kinds = (values: FormValues) => chosen(values, `${prefix}Kinds`)
  const ofOrganisations = (values: FormValues) =>
    kinds(values).some((kind) => kind === 'groups' || kind === 'members')
  const pages: FormPage[] = [
    { name: `${prefix}-kinds`, intro: [], fields: [kindsField(prefix)] },
    {
      ...{ name: `${prefix}-places`, intro: [], when: ofOrganisations },
      fields: placeFields(prefix),
      check: (filled) => checkPart(filled, prefix, ['groups', 'members']),
    },
    {
      ...{ name: `${prefix}-people`, intro: [], when: (values) => kinds(values).includes('people') },
      fields: [
        {
          ...{ name: `${prefix}People`, type: 'people', label: label('people'), required: true },
          ...{ hint: label('people-hint'), most: mostPeople, colleagues: true },
        },
      ],
      check: (filled) => checkPart(filled, prefix, ['people']),
    },
  ]
  return pages.map((page) => ({
    ...page,
    when: (values, context) => when(values, context) && (page.when?.(values, context) ?? true),
  }))
}

function kindsField(prefix: string): FormField {
  return {
    ...{ name: `${prefix}Kinds`, type: 'multi-select', label: label('kinds'), required: true },
    options: ['groups', 'members', 'people'].map((value) => ({ value, label: `circulation:kinds.${value}` })),
  }
}

function placeFields(prefix: string): FormField[] {
  return [
    {
      ...{ name: `${prefix}At`, type: 'text', label: label('at'), hint: label('at-hint'), most: 2000 },
      example: label('at-example'),
    },
    { name: `${prefix}Below`, type: 'checkbox', label: label('below') },
    {
      ...{ name: `${prefix}Roles`, type: 'multi-select', label: label('roles'), hint: label('roles-hint') },
      options: roles.map((role) => ({ value: role, label: `console:role.${role}` })),
    },
  ]
}

/**
 * The audience that was filled in on `audiencePages`. Whether it may be sent to is to be asked beside (`mustReach`).
 * Throws PlainError where an organisation is unknown, or no group is bound to any of them.
 */
export async function audienceOf(
  db: Reads,
  values: FormValues,
  { person, now }: AudienceMaker,
  prefix = 'to',
): Promise<Audience> {
  const kinds = chosen(values, `${prefix}Kinds`)
  const audience: Audience = {
    chats: [],
    people: kinds.includes('people') ? chosen(values, `${prefix}People`) : [],
    members: [],
  }
  if (!kinds.includes('groups') && !kinds.includes('members')) return audience
  const named = await organisationsNamed(db, String(values[`${prefix}At`] ?? ''), { person, now })
  const below = values[`${prefix}Below`] === true
  const wanted = chosen(values, `${prefix}Roles`) as Role[]
  const members = named.flatMap((organisation) =>
    (wanted.length > 0 ? wanted : [null]).map((role) => ({ organisation, role, below })),
  )
  const chats = kinds.includes('groups') ? await chatsIn(db, named, below) : []
  return { ...audience, chats, members: kinds.includes('members') ? members : [] }
}

async function chatsIn(db: Reads, named: readonly string[], below: boolean) {
  const all = below ? await listOrganisations(db) : []
  const places = below ? named.flatMap((id) => withBelow(all, id)) : named
  const chats = await chatsOf(db, [...new Set(places)])
  if (chats.length === 0) throw new PlainError('circulation:refused.no-group')
  return chats
}

/** Those that were named; where none was, those in which the maker holds a role that lets them send. */
export async function organisationsNamed(
  db: Reads,
  text: string,
  { person, now }: AudienceMaker,
): Promise<string[]> {
  const today = dayInChina(now)
  const names = text.split(/[、,，;；\n]+/).flatMap((name) => name.trim() || [])
  if (names.length > mostOrganisations) {
    throw new PlainError('circulation:refused.too-many', { most: mostOrganisations })
  }
  if (names.length === 0) {
    const actor = await actorOf(db, person, today)
    const held = actor.grants.map(({ organisation }) => organisation)
    const own = held.filter((id) => can(actor, 'circulation.send', { path: [id] }))
    if (own.length === 0) throw new PlainError('circulation:refused.organisation')
    return [...new Set(own)]
  }
  const lookup = createLookup(db, person, today)
  const found = new Set<string>()
  for (const name of names) {
    const one = await lookup.organisation(name)
    if (!('id' in one)) throw new PlainError(one.key, one.values)
    found.add(one.id)
  }
  return [...found]
}

/** What is wrong with the kinds of audience that a page asks for, beside its own field. */
async function checkPart(
  { db, now, person, values }: FilledForm,
  prefix: string,
  kinds: readonly string[],
): Promise<Record<string, Problem>> {
  const field = kinds.includes('people') ? `${prefix}People` : `${prefix}At`
  if (person === null) return { [field]: { key: 'circulation:refused.guest', values: {} } }
  const asked = chosen(values, `${prefix}Kinds`).filter((kind) => kinds.includes(kind))
  try {
    const audience = await audienceOf(db, { ...values, [`${prefix}Kinds`]: asked }, { person, now }, prefix)
    await mustReachAudience(db, audience, { by: person, now })
    return {}
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { [field]: { key: error.key, values: error.values } }
  }
}

function chosen(values: FormValues, name: string): string[] {
  const value = values[name]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
