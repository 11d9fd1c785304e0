import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { settings } from '../../config.ts'
import { askRunningBot, checkAddress } from './check-address.ts'

const closes: (() => void)[] = []
afterEach(() => {
  for (const close of closes.splice(0)) close()
})

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closes.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const connected = { connected: true, since: '2026-03-02T01:02:03.000Z', refused: { forged: 2 } }
/** A bot, or the proxy in front of one: what it answers at the vendors' paths. */
const bot =
  (called: number, slack: object = connected): RequestListener =>
  (request, response) => {
    const isHealth = request.url === '/healthz'
    response.writeHead(isHealth ? 200 : called)
    response.end(isHealth ? JSON.stringify({ status: 'ok', slack }) : '')
  }

const configOf = (here: string, PUBLIC_URL?: string) =>
  settings.parse({
    ...{
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 's',
      HOST: '127.0.0.1',
      PORT: new URL(here).port || '9',
    },
    ...(PUBLIC_URL === undefined ? {} : { PUBLIC_URL }),
  })
const brief = async (here: string, publicUrl?: string) =>
  (await checkAddress(configOf(here, publicUrl))).map(
    ({ check, state, found }) => `${check} ${state} ${found.key.replace('doctor:', '')}`,
  )
const nowhere = 'http://127.0.0.1:9'

test('a bot that runs says how it is connected, and what it refused', async () => {
  const here = await listen(bot(401))
  expect(await brief(here)).toEqual(['bot well bot.well', 'bot.slack well bot.connected'])
  expect(await askRunningBot(configOf(here))).toEqual({
    connections: { slack: { ...connected, since: '2026-03-02 01:02 UTC' } },
  })
  const lost = await listen(bot(401, { ...connected, connected: false }))
  expect(await brief(lost)).toContain('bot.slack wrong bot.not-connected')
})

test('nobody there, and somebody else there', async () => {
  expect(await brief(nowhere)).toEqual(['bot unknown bot.none'])
  expect(await askRunningBot(configOf(nowhere))).toBeNull()
  const other = await listen((_request, response) => response.end('<html>'))
  expect(await brief(other)).toEqual(['bot wrong bot.other'])
  expect(await brief(await listen(bot(401)), other)).toContain('public-url wrong public.other')
})

test('PUBLIC_URL leads to the bot, also to where the vendor calls', async () => {
  const [here, outside] = [await listen(bot(401)), await listen(bot(401))]
  expect((await brief(here, outside)).slice(2)).toEqual([
    'public-url well public.well',
    'public-url.slack.events well public.path',
  ])
  // A bot on another machine is found by it.
  expect(await askRunningBot(configOf(nowhere, outside))).not.toBeNull()
})

test('a proxy that keeps the vendor’s path for itself is wrong', async () => {
  const [here, outside] = [await listen(bot(401)), await listen(bot(404))]
  expect(await brief(here, outside)).toContain('public-url.slack.events wrong public.no-path')
})

test('an address that does not answer is wrong only while a bot runs', async () => {
  expect(await brief(await listen(bot(401)), nowhere)).toContain('public-url wrong public.none')
  expect(await brief(nowhere, nowhere)).toContain('public-url unknown public.none')
})
