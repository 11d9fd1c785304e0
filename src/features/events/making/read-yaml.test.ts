import { expect, test } from 'vitest'
import { PlainError } from '../../../messages/plain-error.ts'
import { readYaml } from './read-yaml.ts'

const refusal = (text: string) => {
  try {
    readYaml(text)
    return null
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { key: error.key, values: error.values }
  }
}
const numbered = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n')

test('some ten thousand names are read in seconds', { timeout: 15_000 }, () => {
  expect(Object.keys(readYaml(numbered(25_000, (at) => `k${at}: 1`))[0]?.value as object)).toHaveLength(
    25_000,
  )
})

test.each([
  ['title: a\nkind: b\ntitle: c', 3, 'title'],
  ['events:\n  - title: a\n    "title": b', 3, 'title'],
  ['1: a\n"1": b', 2, '1'],
])('a name that stands twice is said with its line: %j', (text, line, name) => {
  expect(refusal(text)).toEqual({ key: 'making:yaml.twice', values: { line, name } })
})

test.each([
  ['of too many documents', '---\n'.repeat(201), 'making:yaml.documents'],
  ['that is too long', `title: ${'长'.repeat(300_000)}`, 'making:yaml.too-large'],
  ['of too many aliases', numbered(5000, (at) => `- &a${at} x\n- *a${at}`), 'making:yaml.too-large'],
])('a file %s is refused', (_, text, key) => {
  expect(refusal(text)?.key).toBe(key)
})

test('as many documents as a file may have events are read', () => {
  expect(readYaml('---\ntitle: a\n'.repeat(200))).toHaveLength(200)
})

test.each([
  ['title: a\nplace: "b\\0"', 2],
  ['title: "甲\\u202Egpj.exe"', 1],
  ['? "k\\u2066"\n: a', 1],
])('signs that steer a display, or that no database takes, are named by their line: %j', (text, line) => {
  expect(refusal(text)).toEqual({ key: 'making:yaml.steering', values: { line } })
  expect(refusal('title: "a\\tb\\n👩‍🔧 ñ"')).toBeNull()
})
