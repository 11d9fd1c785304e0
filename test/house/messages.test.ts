import { describe, expect, test } from 'vitest'
import { languages } from '../../src/chat/language.ts'
import { catalogues, translate } from '../../src/messages/translate.ts'
import { findUnknownKeys, findUnlistedPrefixes, findUnusedKeys } from './message-keys.ts'
import { readSources, withoutTests } from './source-files.ts'

type Catalogue = { [key: string]: string | Catalogue }

/** The messages by key: `knowledge:kb.help.add`. */
function flatten(catalogue: Catalogue, prefix: string): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  )
}

const messages = Object.fromEntries(
  languages.map((language) => [
    language,
    new Map(
      Object.entries(catalogues[language]).flatMap(([part, catalogue]) => flatten(catalogue, `${part}:`)),
    ),
  ]),
)
const [first, ...others] = languages.map((language) => messages[language]!)
const keys = [...first!.keys()]
const sources = withoutTests(readSources('src'))

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)].map((match) => match[1]!).sort()
}

/** Chinese rounds down (80 多人), English gives the range; the code passes the values of both. */
const saidWithOtherValues = ['policy:founding.people.odd']

test('there are messages in two languages', () => {
  expect(languages.length).toBe(2)
  expect(keys.length).toBeGreaterThan(50)
})

test('each catalogue file is loaded', () => {
  for (const language of languages) {
    const files = [...readSources(`src/messages/${language}`).keys()]
    expect(files.map((path) => path.replace(/^.*\/|\.json$/g, '')).sort()).toEqual(
      Object.keys(catalogues[language]).sort(),
    )
  }
})

test('all languages have the same keys, in the same order', () => {
  for (const other of others) expect([...other.keys()]).toEqual(keys)
})

test.each(keys)('%s says something, with the same values in each language', (key) => {
  const texts = languages.map((language) => messages[language]!.get(key) ?? '')
  for (const text of texts) {
    expect(text.trim()).not.toBe('')
    expect(text.replaceAll(/\{\{\s*[\w.]+\s*\}\}/g, '')).not.toMatch(/[{}]{2}/)
    if (!saidWithOtherValues.includes(key)) expect(placeholders(text)).toEqual(placeholders(texts[0]!))
  }
})

test('each message is used', () => {
  expect(findUnusedKeys(keys, sources)).toEqual([])
})

test('what is missing, or a group of messages, is not said', () => {
  for (const key of ['console:help.state', 'console:help.nothing', 'nowhere:title', 'title']) {
    expect(() => translate('zh-CN', key)).toThrow(`there is no message ${key}`)
  }
})

test('each key in the code has a message', () => {
  expect(findUnknownKeys(keys, sources)).toEqual([])
  expect(findUnlistedPrefixes(keys, sources)).toEqual([])
})

describe('the search itself', () => {
  const known = ['web:title', 'web:client.you', 'web:gone', 'knowledge:kb.new']
  const code = new Map([
    ['src/platforms/web/page.ts', "say('title'); translate(language, 'web:lost')"],
    ['src/platforms/web/assets/chat.js', "say('you'); say('nobody')"],
    ['src/command-line/kb.ts', "const outcome = 'new'"],
    ['src/a.ts', `const text = translate(language, \`web:\${name}.text\`)`],
  ])

  test('names what is not used', () => {
    expect(findUnusedKeys(known, code)).toEqual(['web:gone'])
  })

  test('names what does not exist', () => {
    expect(findUnknownKeys(known, code)).toEqual([
      'src/platforms/web/page.ts: web:lost',
      'src/platforms/web/assets/chat.js: web:client.nobody',
    ])
  })

  test('names what stands for a group of messages, also where it is one of a list', () => {
    const groups = new Map([
      ['src/platforms/web/page.ts', "say('client')"],
      ['src/b.ts', `['lost', 'title'].map((key) => html\`<th>\${translate(language, \`web:\${key}\`)}\`)`],
      ['src/c.ts', `const all = ['client', 'gone']; all.map((one) => translate(language, \`web:\${one}\`))`],
      ['src/platforms/web/assets/a.js', `(['you', 'gone'] as const).map((key) => say(\`\${key}\`))`],
      ['src/command-line/kb.ts', `['new', 'old'].map((key) => say(\`\${key}\`))`],
    ])
    expect(findUnknownKeys(known, groups)).toEqual([
      'src/platforms/web/page.ts: web:client',
      'src/b.ts: web:lost',
      'src/c.ts: web:client',
      'src/platforms/web/assets/a.js: web:client.gone',
      'src/command-line/kb.ts: command-line:old',
    ])
  })

  test('names keys that are put together in a new place', () => {
    expect(findUnlistedPrefixes(known, code)).toEqual(['src/a.ts: web:'])
  })
})
