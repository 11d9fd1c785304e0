import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { alikeFrom } from '../../src/features/submissions/search/similar.ts'
import { TextIndex } from '../../src/knowledge/search/text-index.ts'
import { Vocabulary } from '../../src/knowledge/search/vocabulary.ts'

/** Proposals of a works, each said once more in other words by somebody else. */
const pairs = readFileSync(new URL('../data/alike-proposals.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { first: string; again: string })

function indexOf(texts: readonly string[]): TextIndex {
  const index = new TextIndex({ vocabulary: new Vocabulary([]), commonWords: new Uint32Array() })
  index.add(texts.map((text, at) => ({ id: String(at), shelf: 'house', text })))
  return index
}

const search = (index: TextIndex, question: string) =>
  index.search(question, { shelves: ['house'], limit: 5 }).filter(({ share }) => share >= alikeFrom)

test('what is said once more is found first; what is about something else is not called alike', () => {
  const index = indexOf(pairs.map(({ first }) => first))
  const missed = pairs.flatMap(({ again }, at) => (search(index, again)[0]?.id === String(at) ? [] : [again]))
  expect(missed).toEqual([])
  const strange = pairs.flatMap(({ again }, at) =>
    search(index, again)
      .filter(({ id }) => id !== String(at))
      .map(({ id }) => [again, pairs[Number(id)]!.first]),
  )
  expect(strange).toEqual([])
})

test('so it is where there is but one proposal, or a handful', () => {
  const missed: string[] = []
  const strange: string[][] = []
  for (const [at, { first, again }] of pairs.entries()) {
    if (search(indexOf([first]), again).length === 0) missed.push(again)
    const others = pairs.filter((_, other) => other !== at).map((other) => other.first)
    for (const other of others) if (search(indexOf([other]), again).length > 0) strange.push([again, other])
    if (search(indexOf([first, ...others.slice(0, 4)]), again)[0]?.id !== '0') missed.push(again)
  }
  expect(missed).toEqual([])
  expect(strange).toEqual([])
})
