import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cardToText } from '../../src/platforms/text/render-card.ts'
import { countedSince, outcomeOf } from '../payloads/observe.ts'
import { type Body, readPayloads } from '../payloads/read-payloads.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { type FeishuStage, openFeishuStage, postTo, read, type Transport } from './feishu-stage.ts'
import { KeptIntake, now } from './platform-scene.ts'

const opened = await openTestStore()
afterAll(opened.close)

/** The files that a message holds lie where the bot fetches them. */
function furnish({ server }: FeishuStage, body: Body): void {
  const { message } = (body.event ?? {}) as { message?: { message_id: string; content: string } }
  if (!message) return
  server.said.set(message.message_id, { chat: '', thread: '' })
  for (const [, kind, key] of message.content.matchAll(/"(image|file)_key":"([^"]+)"/g)) {
    const type = kind === 'image' ? 'image/png' : 'application/octet-stream'
    server.files.set(key!, { bytes: Buffer.from('what is in the file'), type })
  }
}

describe.each<Transport>(['ws', 'http'])('Feishu by %s', (transport) => {
  const intake = new KeptIntake()
  let stage: FeishuStage
  beforeAll(async () => {
    stage = await openFeishuStage(opened, intake, () => now, transport)
  })
  afterAll(() => stage.close())

  const payloads = readPayloads('feishu').filter((one) => (one.transport ?? transport) === transport)
  test.each(payloads)('$scenario', async ({ send, outcome }) => {
    const { server, platform, logged, address } = stage
    const lists = [intake.messages, intake.interactions, intake.withdrawn, intake.told, logged]
    for (const list of lists) list.length = 0
    const sent = server.messages.length
    const { refused } = platform.health()
    const carry = transport === 'http' ? postTo(address, () => now) : server.carry
    const answer: string[] = []
    for (const body of send) {
      furnish(stage, body)
      const { code, data } = await carry(body)
      expect(code).toBe(200)
      const { toast, challenge } = (data ?? {}) as { toast?: { content: string }; challenge?: string }
      answer.push(...[toast?.content ?? challenge].filter((one) => one !== undefined))
    }
    const observed = () =>
      outcomeOf(intake, {
        told: [
          ...intake.told.map(({ card }) => cardToText(card, { buttons: 'none' }).trim()),
          ...server.messages.slice(sent).map(({ card }) => read(card)),
        ],
        shown: [],
        answer,
        refused: countedSince(refused, platform.health().refused),
        logged,
      })
    await expect.poll(observed).toEqual(outcome)
  })
})
