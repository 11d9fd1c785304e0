import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActorName, actors } from '../definition/actors.ts'
import { withBuiltIns } from '../definition/built-in.ts'
import { readKind } from '../definition/read-kind.ts'
import type { Kind } from '../definition/schema.ts'
import { checkAction, nextState, type Part, possibleActions, replay, type Standing } from './life.ts'

const folder = 'knowledge/submissions'
const kinds = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map(
    (file): Kind => ({
      ...withBuiltIns(readKind(readFileSync(join(folder, file), 'utf8'), file)),
      version: 1,
    }),
  )

/** Everything that decides beside the state, in any combination: more than records ever come to. */
const circumstances = fc.record({
  ...{ reopened: fc.boolean(), hasSuperior: fc.boolean(), sealed: fc.boolean(), hidden: fc.boolean() },
  ...{ proposed: fc.boolean(), published: fc.boolean() },
  ...{ reviewsGiven: fc.nat(9), reviewsAwaited: fc.nat(2), objectionsOpen: fc.nat(2) },
  ...{ offersOpen: fc.nat(2), milestonesOpen: fc.nat(2), milestonesReported: fc.nat(2) },
  milestonesSet: fc.nat(4),
  owner: fc.constantFrom(null, 'a', 'b'),
  nominee: fc.constantFrom(null, 'a', 'b'),
  remainder: fc.constantFrom(null, 0, 1),
  verifier: fc.constantFrom(null, 'a', 'b'),
})

const somebody: fc.Arbitrary<Part> = fc.record({
  person: fc.constantFrom(null, 'a', 'b', 'c'),
  as: fc.subarray([...actors], { maxLength: 4 }),
  reviewed: fc.boolean(),
})

/** All names, and some that are properties of every object. */
const anyAction = (kind: Kind) => fc.constantFrom(...Object.keys(kind.actions), 'toString', '__proto__', '')

function standingIn(kind: Kind, state: string, rest: Omit<Standing, 'state' | 'variety'>): Standing {
  return { ...rest, state, variety: kind.varieties[0]?.value ?? '' }
}

/** What may be filled in where the next state hangs on it; one empty choice where it does not. */
function choices({ to }: Kind['actions'][string]): Record<string, string>[] {
  return typeof to === 'string' ? [{}] : Object.keys(to.states).map((value) => ({ [to.field]: value }))
}

describe.each(kinds.map((kind) => [kind.kind, kind] as const))('the life of %s', (_, kind) => {
  const states = Object.keys(kind.states)

  test('nobody does more than is theirs, and what is offered is what may be done', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...states),
        circumstances,
        somebody,
        anyAction(kind),
        (state, rest, part, name) => {
          const standing = standingIn(kind, state, rest)
          const possible = possibleActions(kind, standing, part)
          const checked = checkAction(kind, standing, part, name)
          expect(possible.some((one) => one.name === name)).toBe(typeof checked !== 'string')
          if (typeof checked === 'string') return
          const action = kind.actions[name]!
          expect(action.from).toContain(state)
          expect(action.by).toContain(checked.as)
          expect(part.as).toContain(checked.as)
          // Whoever is put forward is bound as authors are.
          const isAuthor = part.as.some((as) => ['author', 'co-author', 'nominee'].includes(as))
          if (action.needs.includes('not-author')) expect(isAuthor).toBe(false)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('whatever is done one after another leads to known states, and the history to the same', () => {
    const step = fc.record({ part: somebody, name: anyAction(kind), rest: circumstances, choice: fc.nat(20) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state = kind.start
        const history = [{ action: 'send-in', from_state: '', to_state: state }]
        for (const { part, name, rest, choice } of steps) {
          const checked = checkAction(kind, standingIn(kind, state, rest), part, name)
          if (typeof checked === 'string') continue
          const filled = choices(checked.action)
          const next = nextState(checked, state, filled[choice % filled.length]!)
          expect(states).toContain(next)
          history.push({ action: name, from_state: state, to_state: next })
          state = next
        }
        expect(replay(kind, history)).toBe(state)
        // A step that is lost does not go unnoticed.
        const [, lost] = history.filter(({ from_state, to_state }) => from_state !== to_state)
        if (lost) {
          const rest = history.filter((one) => one !== lost)
          expect(replay(kind, rest)).not.toBe(state)
        }
      }),
      { numRuns: 300 },
    )
  })

  test.each(states.filter((state) => !kind.states[state]!.final))(
    'from %s somebody can go on to an end',
    (from) => {
      const seen = new Set([from])
      for (const state of seen) {
        for (const action of Object.values(kind.actions)) {
          if (!action.from.includes(state)) continue
          for (const filled of choices(action)) seen.add(nextState({ action }, state, filled))
        }
      }
      expect([...seen].some((state) => kind.states[state]?.final)).toBe(true)
    },
  )

  const waiting = states.flatMap((state) => {
    const { waitsFor, final } = kind.states[state]!
    return waitsFor && !final ? [[state, waitsFor] as [string, ActorName]] : []
  })
  test.each(waiting)('in %s, %s can do what is waited for', (state, actor) => {
    const leading = Object.values(kind.actions).filter(
      ({ from, by, does }) => from.includes(state) && by.includes(actor) && !does.includes('remind'),
    )
    expect(leading.length).toBeGreaterThan(0)
  })
})
