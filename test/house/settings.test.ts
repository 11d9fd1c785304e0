import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig, settings } from '../../src/config.ts'

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
const names = Object.keys(settings.shape)

interface Entry {
  name: string
  /** The value after the `=`. */
  value: string
  /** The lines of comment right above it. */
  comment: string[]
}

/** The settings of an example file, each a commented-out line below its explanation. */
function readExample(text: string): Entry[] {
  const entries: Entry[] = []
  let comment: string[] = []
  for (const line of text.split('\n')) {
    const [, name, value] = /^# ([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? []
    if (name !== undefined) entries.push({ name, value: value ?? '', comment })
    if (name === undefined && line.startsWith('# ')) comment.push(line.slice(2))
    else comment = []
  }
  return entries
}

describe('.env.example', () => {
  const entries = readExample(example)
  const defaults: Record<string, unknown> = loadConfig({ environment: {}, folder: import.meta.dirname })

  test('names exactly the settings there are', () => {
    expect(entries.map(({ name }) => name).sort()).toEqual([...names].sort())
  })

  test('changes nothing when it is copied', () => {
    expect(parseEnv(example)).toEqual({})
  })

  test.each(entries)(
    'explains $name in English and Chinese, with its default',
    ({ name, value, comment }) => {
      const chinese = comment.filter((line) => /\p{Script=Han}/u.test(line)).join(' ')
      const english = comment.filter((line) => !/\p{Script=Han}/u.test(line)).join(' ')
      const standard = defaults[name]
      expect(english).toMatch(standard === undefined ? /Default: \S/ : / Default: \S+$/)
      expect(chinese).toMatch(/默认：\S/)
      if (standard !== undefined) {
        expect(english.split('Default: ')[1]).toBe(String(standard))
        expect(chinese.split('默认：')[1]).toBe(String(standard))
        expect(value).toBe(String(standard))
      }
    },
  )

  test('its values are valid when the # is taken away', () => {
    const values = Object.fromEntries(entries.map(({ name, value }) => [name, value]))
    expect(() => loadConfig({ environment: values, folder: import.meta.dirname })).not.toThrow()
  })

  test('a setting without its own comment would be noticed', () => {
    expect(readExample('# Say what. Default: 1\n# 说明。默认：1\n# A=1\n# B=2\n')).toEqual([
      { name: 'A', value: '1', comment: ['Say what. Default: 1', '说明。默认：1'] },
      { name: 'B', value: '2', comment: [] },
    ])
  })
})

const word = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '')
const noNumber = word.filter((text) => Number.isNaN(Number(text)))
const outside = (least: number, most: number) =>
  fc.oneof(fc.integer({ max: least - 1 }), fc.integer({ min: most + 1 })).map(String)
const fraction = fc.integer({ min: 1, max: 60_000 }).map((whole) => `${whole}.5`)
const noneOf = (...allowed: string[]) => word.filter((text) => !allowed.includes(text))

/** Wrong values of each setting; null where any text may be meant. */
const wrongValues: Record<string, fc.Arbitrary<string> | null> = {
  HOST: null,
  PORT: fc.oneof(noNumber, fraction, outside(0, 65_535)),
  DATA_DIR: null,
  DATABASE_URL: word.filter((text) => !/^\s*postgres(ql)?:\/\//.test(text)),
  DATA_KEY: word.filter((text) => !/^\s*(?:[0-9a-f]{64}|[a-z0-9+/]{43}=)\s*$/i.test(text)),
  KNOWLEDGE_DIR: null,
  MODEL_PROVIDER: noneOf('openai', 'ollama', 'tongyi'),
  MODEL_NAME: null,
  MODEL_BASE_URL: word.filter((text) => !URL.canParse(text)),
  MODEL_API_KEY: null,
  MODEL_TIMEOUT_SECONDS: fc.oneof(noNumber, outside(1, 300)),
  QUESTIONS_PER_MINUTE: fc.oneof(noNumber, fraction, outside(1, 10_000)),
  PUBLIC_URL: fc.oneof(
    word.filter((text) => !URL.canParse(text)),
    fc.constantFrom(
      'ftp://a.example',
      'https://a.example/path',
      'https://a:b@a.example',
      'https://a.example?q',
    ),
  ),
  TRUSTED_PROXY: fc.oneof(
    word.filter((text) => /[g-z]/i.test(text)),
    fc.constantFrom('10.0.0.1/33', '10.0.0', '::1/129', '10.0.0.0/8/8', '10.0.0.1, proxy'),
  ),
  SLACK_BOT_TOKEN: fc.oneof(
    word.filter((text) => !/^\s*(?:xoxe\.)?xoxb-/.test(text)),
    fc.constantFrom('xapp-1', 'xoxp-1'),
  ),
  SLACK_APP_TOKEN: fc.oneof(
    word.filter((text) => !/^\s*xapp-/.test(text)),
    fc.constantFrom('xoxb-1'),
  ),
  SLACK_SIGNING_SECRET: null,
  SLACK_API_URL: word.filter((text) => !URL.canParse(text)),
  FEISHU_APP_ID: word.filter((text) => !/^\s*cli_[0-9a-f]{16}\s*$/i.test(text)),
  FEISHU_APP_SECRET: null,
  FEISHU_MODE: noneOf('ws', 'http'),
  FEISHU_ENCRYPT_KEY: null,
  FEISHU_VERIFICATION_TOKEN: null,
  FEISHU_CALLS_PER_MONTH: fc.oneof(noNumber, fraction, outside(1, 1_000_000_000)),
  FEISHU_DOMAIN: fc.oneof(
    word.filter((text) => !URL.canParse(text) && !['feishu', 'lark'].includes(text)),
    fc.constantFrom('ftp://a.example'),
  ),
  METRICS_TOKEN: null,
  LOG_LEVEL: noneOf('debug', 'info', 'warn', 'error', 'silent'),
}

function complaint(environment: NodeJS.ProcessEnv): string {
  try {
    loadConfig({ environment: environment, folder: import.meta.dirname })
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'nothing'
}

describe('a wrong setting', () => {
  test('is known for each setting', () => {
    expect(Object.keys(wrongValues).sort()).toEqual([...names].sort())
  })

  test.each(Object.entries(wrongValues).flatMap(([name, wrong]) => (wrong ? [{ name, wrong }] : [])))(
    '$name is named in one plain line',
    ({ name, wrong }) => {
      fc.assert(
        fc.property(wrong, (value) => {
          // Only the setting and what is wrong; the value itself may be a secret.
          expect(complaint({ [name]: value })).toMatch(/^[A-Z_]+: [^\n{}[\]]{3,120}$/)
          expect(complaint({ [name]: value }).split(': ')[0]).toBe(name)
        }),
      )
    },
  )

  test('a model without a name is one too', () => {
    expect(complaint({ MODEL_PROVIDER: 'openai' })).toMatch(/^MODEL_NAME: /)
  })

  test.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_SIGNING_SECRET: 'secret' }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
  ])('half of Slack’s is one: %j', (environment, name) => {
    expect(complaint(environment).split(':')[0]).toBe(name)
  })

  test.each([
    [{ FEISHU_APP_ID: 'cli_0123456789abcdef' }, 'FEISHU_APP_SECRET'],
    [
      { FEISHU_APP_ID: 'cli_0123456789abcdef', FEISHU_APP_SECRET: 's', FEISHU_MODE: 'http' },
      'FEISHU_ENCRYPT_KEY',
    ],
    [
      {
        ...{ FEISHU_APP_ID: 'cli_0123456789abcdef', FEISHU_APP_SECRET: 's', FEISHU_MODE: 'http' },
        FEISHU_ENCRYPT_KEY: 'k',
      },
      'FEISHU_VERIFICATION_TOKEN',
    ],
  ])('half of Feishu’s is one: %j', (environment, name) => {
    expect(complaint(environment).split(':')[0]).toBe(name)
  })

  test('a server of one’s own may give tokens of any shape', () => {
    const own = { SLACK_API_URL: 'http://127.0.0.1:1/api/', SLACK_BOT_TOKEN: 'b', SLACK_APP_TOKEN: 'a' }
    expect(complaint(own)).toBe('nothing')
    expect(complaint({ ...own, SLACK_API_URL: '' })).toMatch(/^SLACK_BOT_TOKEN: .*xoxb-/)
  })

  test('blank values count as not set, and other variables are not looked at', () => {
    const blank = Object.fromEntries(names.map((name) => [name, '  ']))
    expect(loadConfig({ environment: { ...blank, PORTS: 'wrong' }, folder: import.meta.dirname })).toEqual(
      loadConfig({ environment: {}, folder: import.meta.dirname }),
    )
  })
})
