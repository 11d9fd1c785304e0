import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openFeishu } from '../../bench/messengers/feishu-messenger.ts'
import { Load } from '../../bench/messengers/load.ts'
import type { Messenger } from '../../bench/messengers/messenger.ts'
import { openSlack } from '../../bench/messengers/slack-messenger.ts'
import { type Subject, startBare, startBot } from '../../bench/messengers/subject.ts'

const messengers = { Slack: openSlack, Feishu: openFeishu }
const questions = Array.from({ length: 12 }, (_, n) => `企业有${n + 90}名科技工作者，怎么成立科协？`)
const people = 6
const whole = { asked: questions.length, lost: 0, surplus: 0, refused: 0, noticed: expect.any(Number) }

let messenger: Messenger | undefined
let subject: Subject | undefined
afterEach(async () => {
  await subject?.stop()
  await messenger?.close()
  subject = undefined
  messenger = undefined
})

for (const name of ['Slack', 'Feishu'] as const) {
  for (const transport of ['connection', 'http'] as const) {
    describe(`${name} by ${transport}`, () => {
      test('the bare app answers every question once', async () => {
        messenger = await messengers[name]({ transport, people, limited: false })
        subject = await startBare(name, messenger.environment)
        messenger.target = subject.address
        const load = new Load(messenger, people)
        expect(await load.saturate(questions, 3)).toMatchObject({ answers: questions.length })
        expect(load.outcome).toEqual(whole)
      })
    })
  }

  test(`the whole bot answers every question in ${name} once, faster than its paces allow`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-messengers-'))
    try {
      messenger = await messengers[name]({ transport: 'connection', people, limited: false })
      subject = await startBot({ ...messenger.environment, DATA_DIR: folder }, { raised: true })
      const load = new Load(messenger, people)
      const { acknowledged, seen } = await load.flow(questions, 100)
      expect(load.outcome).toEqual(whole)
      expect([acknowledged.length, seen.length]).toEqual([questions.length, questions.length])
    } finally {
      await subject?.stop()
      await rm(folder, { recursive: true, force: true })
    }
  }, 90_000)
}

test('an answer that comes twice, or to nobody, is counted', async () => {
  const stub: Messenger = {
    environment: {},
    target: '',
    answered: () => {},
    noticed: () => {},
    ask: (person) => {
      queueMicrotask(() => {
        stub.answered(`${person}`)
        stub.answered(`${person}`)
      })
      return { id: `${person}`, acknowledged: Promise.resolve() }
    },
    close: async () => {},
  }
  const load = new Load(stub, people)
  await load.saturate(questions, 1)
  stub.answered('nobody')
  expect(load.outcome).toMatchObject({ asked: questions.length, surplus: questions.length + 1, lost: 0 })
})
