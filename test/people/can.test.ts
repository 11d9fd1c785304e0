import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withTable } from '../../scripts/write-roles.ts'
import { type Actor, can } from '../../src/people/can.ts'
import { type Action, actions, rules } from '../../src/people/role-rules.ts'
import { type Role, roles } from '../../src/people/roles.ts'

test('docs/roles.md shows the rules as they are', () => {
  const document = readFileSync(new URL('../../docs/roles.md', import.meta.url), 'utf8')
  expect(withTable(document)).toBe(document)
  for (const action of actions) expect(document).toContain(`| \`${action}\` |`)
})

test('docs/roles.md says which actions nothing asks for yet', () => {
  const rows = withTable(readFileSync(new URL('../../docs/roles.md', import.meta.url), 'utf8')).split('\n')
  const remarkOn = (action: Action) =>
    rows
      .find((row) => row.startsWith(`| \`${action}\``))
      ?.split('|')
      .at(-2)
      ?.trim()
  expect(remarkOn('organisation.bind-chat')).toBe('not used yet')
  expect(remarkOn('console.open')).toBe('')
})

const actorWith = (role: Role, organisation: string, root = false): Actor => ({
  person: 'p',
  grants: [{ role, organisation, root }],
})

const anyRole = fc.constantFrom(...roles)
const anyAction = fc.constantFrom(...actions)
/** `team` stands below `branch`, that below `group`. */
const paths: Record<string, string[]> = {
  group: ['group'],
  branch: ['branch', 'group'],
  team: ['team', 'branch', 'group'],
}

describe('whatever the role and the action', () => {
  test('nobody reaches above or beside their organisation', () => {
    fc.assert(
      fc.property(anyRole, anyAction, (role, action) => {
        const actor = actorWith(role, 'branch')
        expect(can(actor, action, { path: ['group'], person: 'q' })).toBe(false)
        expect(can(actor, action, { path: ['other', 'group'], person: 'q' })).toBe(false)
        expect(can(actor, action, { path: [], person: 'q' })).toBe(false)
      }),
    )
  })

  test('the scope is that of the table', () => {
    fc.assert(
      fc.property(anyRole, anyAction, (role, action) => {
        const scope = rules[role][action]
        const reached = Object.keys(paths).filter((at) =>
          can(actorWith(role, 'branch'), action, { path: paths[at]!, person: 'q' }),
        )
        expect(reached).toEqual(scope === 'below' ? ['branch', 'team'] : scope === 'own' ? ['branch'] : [])
        const self = can(actorWith(role, 'branch'), action, { path: ['elsewhere'], person: 'p' })
        expect(self).toBe(scope === 'self')
        const house = can(actorWith(role, 'group', true), action, { path: [] })
        expect(house).toBe(scope === 'own' || scope === 'below')
      }),
    )
  })

  test('a guest may do nothing, and of nothing nothing may be done', () => {
    fc.assert(
      fc.property(anyRole, anyAction, (role, action) => {
        expect(can({ person: null, grants: [] }, action, { path: [], person: null })).toBe(false)
        expect(can(actorWith(role, 'group', true), action, [])).toBe(false)
      }),
    )
  })

  test('of several places every one has to be allowed', () => {
    const place = fc.constantFrom(...Object.values(paths)).map((path) => ({ path, person: 'q' }))
    fc.assert(
      fc.property(anyRole, anyAction, fc.array(place, { minLength: 1 }), (role, action, places) => {
        const actor = actorWith(role, 'branch')
        expect(can(actor, action, places)).toBe(places.every((one) => can(actor, action, one)))
      }),
    )
  })
})

test.each<[Action, Role[]]>([
  ['people.invite', ['admin']],
  ['people.give-role', ['admin']],
  ['people.import', ['admin']],
  ['system.view', ['admin']],
  ['knowledge.edit', ['cadre', 'admin']],
])('%s is for %j alone', (action, allowed) => {
  expect(roles.filter((role) => rules[role][action])).toEqual(allowed)
})
