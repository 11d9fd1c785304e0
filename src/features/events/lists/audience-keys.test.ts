import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roles } from '../../../people/roles.ts'
import { keysOfActor, keysOfAudience } from './audience-keys.ts'

/** 集团 › 分公司 › 车间, a second branch, and another house. */
const tree = (
  [
    ['group', null],
    ['branch', 'group'],
    ['workshop', 'branch'],
    ['other', 'group'],
    ['elsewhere', null],
  ] as const
).map(([id, parent]) => ({ id, parent, name: id, kind: 'branch' as const, path: id, depth: 0 }))

const above: Record<string, string[]> = {
  group: ['group'],
  branch: ['branch', 'group'],
  workshop: ['workshop', 'branch', 'group'],
  other: ['other', 'group'],
  elsewhere: ['elsewhere'],
}

const place = fc.constantFrom('group', 'branch', 'workshop', 'other', 'elsewhere')
const role = fc.constantFrom(...roles)
const audiences = fc.record({
  organisations: fc.uniqueArray(place, { maxLength: 3 }),
  roles: fc.uniqueArray(role, { maxLength: 3 }),
  public: fc.boolean(),
})
const grants = fc.array(fc.record({ role, organisation: place, root: fc.constant(false) }), { maxLength: 3 })

test('somebody has a way in exactly where the audience names them', () => {
  fc.assert(
    fc.property(audiences, fc.option(grants), (audience, held) => {
      const actor = { person: held === null ? null : 'p', grants: held ?? [] }
      const isNamed =
        audience.public ||
        (held ?? []).some(
          (grant) =>
            (audience.roles.length === 0 || audience.roles.includes(grant.role)) &&
            above[grant.organisation]!.some((id) =>
              (audience.organisations.length === 0
                ? ['group']
                : (audience.organisations as string[])
              ).includes(id),
            ),
        )
      const ways = new Set(keysOfActor(actor, tree))
      expect(keysOfAudience(audience, 'group').some((key) => ways.has(key))).toBe(isNamed)
    }),
  )
})
