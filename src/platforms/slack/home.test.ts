import type { webApi } from '@slack/bolt'
import { beforeEach, expect, test } from 'vitest'
import type { Card } from '../../chat/card.ts'
import type { Account } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { createHome } from './home.ts'

const card = (title: string): Card => ({
  tone: 'info',
  title,
  blocks: [{ type: 'note', text: `${title}。` }],
})

let published: string[]
let logged: string[]

beforeEach(() => {
  published = []
  logged = []
})

function open(home: (account: Account, language: Language) => Promise<Card | null>) {
  const views = {
    async publish({ view }: { view: unknown }) {
      published.push(JSON.stringify(view))
    },
  }
  const profile = { name: '张三', language: 'zh-CN' as const, timeZone: '' }
  const directory = { profileOf: async () => ({ ...profile, departments: [] }), chatWith: async () => 'D1' }
  const logger = { info() {}, warn() {}, error: (_details: object, message: string) => logged.push(message) }
  const client = { views } as unknown as webApi.WebClient
  return createHome(client, directory as unknown as Parameters<typeof createHome>[1], {
    ...{ team: 'T1', welcome: () => card('欢迎'), home, logger },
  })
}

test('what is somebody’s own stands above the welcome, asked for by their account', async () => {
  const asked: Account[] = []
  await open(async (account) => {
    asked.push(account)
    return card('我的事项')
  }).showHome('U1')
  expect(asked).toEqual([{ platform: 'slack', installation: 'T1', user: 'U1' }])
  expect(published[0]).toMatch(/"header".*我的事项.*张三，您好.*我的事项。.*欢迎.*我的草稿/)
})

test('who has nothing sees the welcome', async () => {
  await open(async () => null).showHome('U1')
  expect(published[0]).toMatch(/"header".*欢迎/)
  expect(logged).toEqual([])
})

test('what cannot be read leaves the welcome', async () => {
  await open(() => Promise.reject(new Error('no database'))).showHome('U1')
  expect(published[0]).toMatch(/"header".*欢迎/)
  expect(logged).toHaveLength(1)
})

test('what was read later is drawn later', async () => {
  const first = Promise.withResolvers<Card>()
  const answers = [first.promise, Promise.resolve(card('办完以后'))]
  const home = open(async () => (await answers.shift())!)
  const drawn = [home.showHome('U1'), home.showHome('U1')]
  first.resolve(card('办理以前'))
  await Promise.all(drawn)
  expect(published).toHaveLength(2)
  expect(published[1]).toContain('办完以后')
})
