import { expect, test } from 'vitest'
import { countEffects, nothingWrong } from './counts.ts'
import type { Shown } from './vendor.ts'

const said = ['1 in chat', '2 in chat']
const kinds = ['message', 'timer', 'event']

/** Two messages and a press, all as it should be. */
function whole() {
  const effects = [
    ...said.flatMap((name) => kinds.map((kind) => ({ kind, name }))),
    { kind: 'press', name: 'press 1' },
  ]
  const shown = effects.map(({ kind, name }): Shown => ({ id: name, chat: 'chat', text: `${kind} ${name}` }))
  const traffic = {
    ...{ said: new Map([['chat', said]]), messages: new Set(said), presses: new Set(['press 1']) },
    refusals: { unacknowledged: 0, plain: 0 },
  }
  return { effects, shown, uncertain: [] as string[], failed: 0, traffic }
}

test('counts nothing where all is as it should be', () => {
  expect(countEffects(whole())).toMatchObject({ ...nothingWrong, acknowledged: 3, uncertain: 0 })
})

test('counts each thing that can go wrong', () => {
  const { effects, shown, ...rest } = whole()
  const [first, ...others] = effects
  expect(countEffects({ ...rest, shown, effects: others })).toMatchObject({ ...nothingWrong, lost: 1 })
  expect(countEffects({ ...rest, shown, effects: [...effects, first!] })).toMatchObject({
    ...nothingWrong,
    twice: 1,
  })
  const unknown = { kind: 'message', name: 'never said' }
  expect(countEffects({ ...rest, shown, effects: [...effects, unknown] }).unfounded).toBe(1)
  expect(countEffects({ ...rest, effects, shown: shown.slice(1) })).toMatchObject({
    ...nothingWrong,
    unseen: 1,
  })
  expect(countEffects({ ...rest, effects, shown: [...shown, shown[0]!] }).seenTwice).toBe(1)
  expect(countEffects({ ...rest, shown, effects: [...effects].reverse() }).disordered).toBe(1)
  expect(countEffects({ ...rest, effects, shown: [...shown].reverse() }).disordered).toBe(1)
  expect(countEffects({ ...rest, effects, shown, failed: 2 }).failed).toBe(2)
})

test('what is listed as uncertain need not be seen, and may be', () => {
  const { shown, ...rest } = whole()
  const uncertain = [shown[0]!.text]
  expect(countEffects({ ...rest, shown, uncertain })).toMatchObject({ ...nothingWrong, uncertain: 1 })
  expect(countEffects({ ...rest, shown: shown.slice(1), uncertain }).unseen).toBe(0)
  expect(countEffects({ ...rest, shown: shown.slice(2), uncertain }).unseen).toBe(1)
})
