import { expect, test } from 'vitest'
import { settings } from '../../config.ts'
import { checkSettings } from './check-settings.ts'

const slack = { SLACK_BOT_TOKEN: 'xoxb-1' }
const feishu = { FEISHU_APP_ID: 'cli_0123456789abcdef', FEISHU_APP_SECRET: 's' }
const http = { ...slack, SLACK_SIGNING_SECRET: 's' }

const brief = (given: Record<string, string>) =>
  checkSettings(settings.parse(given)).map(
    ({ state, found }) => `${state} ${found.key.replace('doctor:settings.', '')}`,
  )

test.each([
  [{}, ['well sqlite', 'well no-slack', 'well no-feishu']],
  [
    { ...slack, SLACK_APP_TOKEN: 'xapp-1', ...feishu },
    ['well sqlite', 'well slack-socket', 'well feishu-ws'],
  ],
  [{ ...http, SLACK_APP_TOKEN: 'xapp-1' }, ['well sqlite', 'well slack-both', 'well no-feishu']],
  [
    { DATABASE_URL: 'postgres://a', FEISHU_APP_SECRET: 's' },
    ['well postgres', 'well no-slack', 'wrong feishu-half'],
  ],
  [
    { ...http, ...feishu, FEISHU_MODE: 'http' },
    ['well sqlite', 'well slack-http', 'well feishu-http', 'unknown no-public-url'],
  ],
])('%j', (given, expected) => {
  expect(brief(given)).toEqual(expected)
})

test.each([
  ['https://kexie.example.com', 'well public-url'],
  ['https://8.8.8.8', 'well public-url'],
  ['https://172.32.0.1', 'well public-url'],
  ['http://kexie.example.com', 'wrong not-https'],
  ['https://localhost:3000', 'wrong internal'],
  ['http://127.0.0.1:3000', 'wrong internal'],
  ['https://10.1.2.3', 'wrong internal'],
  ['https://172.31.0.1', 'wrong internal'],
  ['https://192.168.3.4', 'wrong internal'],
  ['https://[fd00::1]', 'wrong internal'],
  ['https://[::1]', 'wrong internal'],
])('a vendor that calls %s: %s', (PUBLIC_URL, expected) => {
  expect(brief({ ...http, PUBLIC_URL }).at(-1)).toBe(expected)
  // Where nobody calls, people may well live in that network.
  expect(brief({ PUBLIC_URL }).at(-1)).toBe('well public-url')
})
