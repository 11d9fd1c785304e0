import fc from 'fast-check'
import { expect } from 'vitest'
import { mutatedBody, strangeBody } from '../payloads/mutate.ts'
import { type Body, readPayloads } from '../payloads/read-payloads.ts'
import type { OpenedStore } from '../store/each-database.ts'
import { FeishuPerson, type Transport as FeishuTransport, openFeishuStage, postTo } from './feishu-stage.ts'
import { KeptIntake, now } from './platform-scene.ts'
import { openSlack, type Transport as SlackTransport } from './slack-stage.ts'

/** What came of payloads that no vendor would send. */
export interface Fuzzed {
  taken: number
  clicked: number
  refused: Record<string, number>
}

/** Half of them are payloads of the files with parts changed, half are anything; each in its turn. */
function bodiesOf(platform: 'slack' | 'feishu'): fc.Arbitrary<Body> {
  const payloads = readPayloads(platform)
  const bodies = fc.oneof(mutatedBody(payloads), strangeBody(payloads))
  // What is too large as a whole is refused before it is read, and has tests of its own.
  return bodies.filter((body) => JSON.stringify(body).length < 80_000)
}

/** Runs the work and gives it every body; whatever was rejected and caught by nobody is given back. */
async function withoutRejections(work: () => Promise<void>): Promise<void> {
  const rejections: unknown[] = []
  const note = (reason: unknown) => rejections.push(reason)
  process.on('unhandledRejection', note)
  try {
    await work()
    await new Promise(setImmediate)
  } finally {
    process.off('unhandledRejection', note)
  }
  expect(rejections).toEqual([])
}

const countOf = (intake: KeptIntake, refused: Record<string, number>): Fuzzed => ({
  taken: intake.messages.length,
  clicked: intake.interactions.length,
  refused,
})

/** Sends so many payloads to the bot in Slack, which has to answer each and to take what is sound afterwards. */
export async function fuzzSlack(transport: SlackTransport, runs: number): Promise<Fuzzed> {
  const intake = new KeptIntake()
  const stage = await openSlack(transport, intake)
  const { fake, platform, logged } = stage
  const person = stage.join()
  fake.workspace.users.set('U061F7AUR', { name: '张三', locale: 'zh-CN', tz: 'Asia/Shanghai' })
  fake.workspace.channels.set('D0LAN2Q65', { members: new Set(['U061F7AUR', 'UBOT']) })
  let sent = 0
  /** What stands in an envelope of the socket, which may be of any kind as well, is not always answered. */
  const carry = async (body: Body) => {
    const types = ['events_api', 'interactive', 'slash_commands']
    fake.push(JSON.stringify({ envelope_id: `fuzz-${sent}`, type: types[sent % 3], payload: body }))
    sent += 1
    // Those before it are worked by then.
    if (sent % 20 === 0) await person.say(`还在吗 ${sent}`)
  }
  const post = async (body: Body) => {
    const isForm = 'command' in body && Object.values(body).every((value) => typeof value === 'string')
    const { status } = await fake.request(isForm ? (body as Body) : JSON.stringify(body), { form: isForm })
    expect([200, 400]).toContain(status)
  }
  try {
    await withoutRejections(async () => {
      const give = transport === 'http' ? post : carry
      await fc.assert(fc.asyncProperty(bodiesOf('slack'), give), { numRuns: runs, endOnFailure: true })
      expect(await person.say('还在吗')).toBeUndefined()
    })
    expect(intake.messages.some(({ text }) => text === '还在吗')).toBe(true)
    // Whom the workspace does not know has no private chat in which a command could be answered.
    expect(logged.filter((message) => !/command|click|Slack has taken/.test(message))).toEqual([])
    return countOf(intake, platform.health().refused)
  } finally {
    await stage.stop()
  }
}

/** The same in Feishu. */
export async function fuzzFeishu(
  opened: Pick<OpenedStore, 'blobs'>,
  transport: FeishuTransport,
  runs: number,
): Promise<Fuzzed> {
  const intake = new KeptIntake()
  const stage = await openFeishuStage(opened, intake, () => now, transport)
  const person = new FeishuPerson(stage.server, stage.push)
  const post = postTo(stage.address, () => now)
  const give = async (body: Body) => {
    const { code } = transport === 'http' ? await post(body) : await stage.server.carry(body)
    // By HTTP a token that is not ours is refused, and what is no event.
    expect(transport === 'http' ? [200, 400, 401] : [200]).toContain(code)
  }
  try {
    await withoutRejections(async () => {
      await fc.assert(fc.asyncProperty(bodiesOf('feishu'), give), { numRuns: runs, endOnFailure: true })
      await person.say('还在吗')
    })
    expect(intake.messages.some(({ text }) => text === '还在吗')).toBe(true)
    expect(stage.logged).toEqual([])
    return countOf(intake, stage.platform.health().refused)
  } finally {
    await stage.close()
  }
}
