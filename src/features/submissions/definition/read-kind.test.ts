import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { PlainError } from '../../../messages/plain-error.ts'
import { readKind } from './read-kind.ts'

const folder = 'knowledge/submissions'
const files = readdirSync(folder)
const textOf = (file: string) => readFileSync(`${folder}/${file}`, 'utf8')

/** A kind's file as it is written. */
interface Given {
  start: string
  searched: string[]
  states: Record<string, Record<string, unknown>>
  actions: Record<string, Record<string, unknown>>
}

/** Why a kind's file is refused after a change; empty: it is taken. */
function refusalOf(change: (kind: Given) => void, file = 'technical-problem.yaml'): string {
  const kind = parse(textOf(file)) as Given
  change(kind)
  try {
    readKind(stringify(kind), file)
    return ''
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return String(error.values.problems)
  }
}

test.each(files)('%s is taken as it is', (file) => {
  expect(readKind(textOf(file), file).kind).toBe(file.replace('.yaml', ''))
})

test.each<[string, (kind: Given) => void, string]>([
  ['a field that is not there', (kind) => kind.searched.push('nothing'), 'searched: nothing'],
  ['a state that is not there', (kind) => Object.assign(kind, { start: 'nowhere' }), 'start: nowhere'],
  [
    'a state that nobody reaches',
    (kind) => Object.assign(kind.states, { lone: { title: 'x', final: true } }),
    'lone',
  ],
  [
    'a need that nobody knows',
    (kind) => Object.assign(Object.values(kind.actions)[0]!, { needs: ['luck'] }),
    'needs',
  ],
  [
    'offers on what may be hidden',
    (kind) => Object.assign(kind, { naming: ['signed', 'hidden'] }),
    'offers: naming',
  ],
  [
    'a clock that never comes to rest',
    (kind) => Object.assign(kind.actions, clocks(kind.start)),
    'actions.tick: clock',
  ],
])('%s is refused', (_what, change, words) => {
  expect(refusalOf(change)).toContain(words)
})

function clocks(state: string) {
  return { tick: { title: 'tick', from: [state], to: 'same', by: ['clock'] } }
}

test('a clock that leads on, or that waits for a time, is none without rest', () => {
  const next = (kind: Given) => Object.keys(kind.states).find((name) => name !== kind.start)!
  const on = (kind: Given) => ({ tick: { title: 'tick', from: [kind.start], to: next(kind), by: ['clock'] } })
  expect(refusalOf((kind) => Object.assign(kind.actions, on(kind)))).toBe('')
  const timed = (kind: Given) => {
    Object.assign(kind.actions, clocks(kind.start))
    kind.states[kind.start]!.clock = { after: { days: 3 }, action: 'tick' }
  }
  expect(refusalOf(timed)).toBe('')
  const there = (kind: Given) => {
    const back = { title: 'tock', from: [next(kind)], to: kind.start, by: ['clock'] }
    Object.assign(kind.actions, on(kind), { tock: back })
  }
  expect(refusalOf(there)).toContain('actions.tock: clock')
})
