import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withBuiltIns } from '../../definition/built-in.ts'
import { readKind } from '../../definition/read-kind.ts'
import { statesOfWord } from './state-words.ts'

const folder = 'knowledge/submissions'
const kindIn = (file: string) => ({
  ...withBuiltIns(readKind(readFileSync(`${folder}/${file}`, 'utf8'), file)),
  version: 1,
})
const proposal = kindIn('proposal.yaml')

test.each([
  ['待处理', 'registered'],
  ['已受理', 'accepted'],
  ['已采纳', 'rollout'],
  [' 是 ', 'rollout'],
  ['未采纳（成本高）', 'declined'],
  ['不予采纳', 'declined'],
  ['存档备用', 'filed'],
  ['实施中', 'implementing'],
  ['已实施', 'archived'],
  ['已归档', 'archived'],
  ['Archived', 'archived'],
])('%s is the state %s of a proposal', (word, state) => {
  const way = statesOfWord(proposal, word)
  expect(way?.at(-1) ?? (way && proposal.start)).toBe(state)
})

test('on its way a record went through all that counts', () => {
  const counted = (word: string) =>
    statesOfWord(proposal, word)!.flatMap((state) => proposal.states[state]?.counts ?? [])
  expect(new Set(counted('已实施'))).toEqual(new Set(['admitted', 'decided', 'adopted', 'completed']))
  expect(counted('未采纳')).toContain('declined')
  expect(counted('未采纳')).not.toContain('adopted')
})

test('what nobody knows is not guessed, unless somebody says what it means', () => {
  expect(statesOfWord(proposal, '老王说行')).toBeNull()
  expect(statesOfWord(proposal, '老王说行', { 老王说行: 'rollout' })?.at(-1)).toBe('rollout')
  expect(statesOfWord(proposal, '老王说行', { 老王说行: 'nowhere' })).toBeNull()
})

test.each(readdirSync(folder).filter((file) => file.endsWith('.yaml')))(
  'every state of %s is reached by its own title',
  (file) => {
    const kind = kindIn(file)
    const titles = Object.values(kind.states).map(({ title }) => title['zh-CN'])
    for (const [name, { title }] of Object.entries(kind.states)) {
      // What is taken out of its course, as by erasing, is no state of a ledger.
      const way = statesOfWord(kind, title['zh-CN'])
      if (way === null || titles.filter((one) => one === title['zh-CN']).length > 1) continue
      expect(way.at(-1) ?? kind.start).toBe(name)
    }
  },
)
