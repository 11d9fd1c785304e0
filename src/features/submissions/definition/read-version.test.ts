import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PlainError } from '../../../messages/plain-error.ts'
import { readKind } from './read-kind.ts'
import { readVersion } from './read-version.ts'

const kind = readKind(readFileSync('knowledge/submissions/opinion.yaml', 'utf8'), 'opinion.yaml')
const stored = (definition: unknown) => ({
  kind: 'opinion',
  version: 2,
  definition: JSON.stringify(definition),
})

test('A version with keys of a newer program is read without them', () => {
  const [first, ...rest] = kind.pages
  const newer = {
    ...{ ...kind, colour: 'red' },
    states: { ...kind.states, [kind.start]: { ...kind.states[kind.start], blinks: true } },
    pages: [{ ...first, wide: 1 }, ...rest],
  }
  expect(readVersion(stored(newer))).toEqual(readVersion(stored(kind)))
})

test('A version that cannot be read is named', () => {
  expect(() => readVersion(stored({ ...kind, states: 5 }))).toThrow(
    new PlainError('submissions:definition.unreadable', { kind: 'opinion', version: 2, place: 'states' }),
  )
})
