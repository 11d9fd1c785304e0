import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readIn } from '../fakes/slack-person.ts'
import type { FakeSlack } from '../fakes/slack-server.ts'
import { countedSince, outcomeOf } from '../payloads/observe.ts'
import { type Body, readPayloads } from '../payloads/read-payloads.ts'
import { KeptIntake, now } from './platform-scene.ts'
import { openSlack, type SlackStage, type Transport } from './slack-stage.ts'

/** Who is in the payloads, and where they are. */
function furnish({ fake }: SlackStage): void {
  const { users, channels } = fake.workspace
  for (const [id, name] of Object.entries({ U061F7AUR: '张三', U02LEEMEI: '李梅', U0NEWCOMER: '新人' })) {
    users.set(id, { name, locale: 'zh-CN', tz: 'Asia/Shanghai' })
  }
  channels.set('D0LAN2Q65', { members: new Set(['U061F7AUR', 'UBOT']) })
  channels.set('D0NEWCOMER', { members: new Set(['U0NEWCOMER', 'UBOT']) })
  channels.set('C0KEXIE01', { members: new Set(['U061F7AUR', 'U02LEEMEI', 'UBOT']) })
}

/** A payload with the addresses of its files leading to the workspace of this machine, where they lie. */
function atHome<T>(payload: T, { fake }: SlackStage): T {
  const text = JSON.stringify(payload).replaceAll(
    'https://files.slack.com/files-pri/',
    `${fake.origin}/files/`,
  )
  for (const [, path] of text.matchAll(/"http:\/\/127\.0\.0\.1:\d+(\/files\/[^"]+)"/g)) {
    fake.workspace.files.set(path!, Buffer.from('what is in the file'))
  }
  return JSON.parse(text) as T
}

/** Calls that show something; the others only ask. */
const shows = /^(?:views|assistant)\./

/** Events and commands are told by what is in them; what is neither and has no person in it is posted as it stands. */
function sendTo(fake: FakeSlack, body: Body): Promise<unknown> {
  if ('event' in body) return fake.send('events_api', body)
  if ('command' in body) return fake.send('slash_commands', body)
  return 'user' in body ? fake.send('interactive', body) : fake.post(body, { form: false })
}

/** What of an acknowledgement is written in the files. */
function short(answer: unknown): string[] {
  const { response_action, text, challenge } = (answer ?? {}) as Record<string, string | undefined>
  return [response_action ?? text ?? challenge].filter((one) => one !== undefined)
}

describe.each<Transport>(['socket', 'http'])('Slack by %s', (transport) => {
  const intake = new KeptIntake()
  let stage: SlackStage
  beforeAll(async () => {
    stage = await openSlack(transport, intake, () => now)
    furnish(stage)
  })
  afterAll(() => stage.stop())

  const payloads = readPayloads('slack').filter((one) => (one.transport ?? transport) === transport)
  test.each(payloads)('$scenario', async ({ send, outcome }) => {
    const { fake, platform, logged } = stage
    const { workspace } = fake
    for (const list of [intake.messages, intake.interactions, intake.withdrawn, logged]) list.length = 0
    const posted = workspace.messages.length
    const called = workspace.calls.length
    const { refused } = platform.health()
    const answer: string[] = []
    for (const body of atHome(send, stage)) answer.push(...short(await sendTo(fake, body)))
    const observed = () =>
      outcomeOf(intake, {
        told: workspace.messages.slice(posted).map(({ blocks }) => readIn(blocks)),
        shown: workspace.calls.slice(called).flatMap(({ method }) => (shows.test(method) ? [method] : [])),
        answer,
        refused: countedSince(refused, platform.health().refused),
        logged,
      })
    await expect.poll(observed).toEqual(outcome)
  })
})
