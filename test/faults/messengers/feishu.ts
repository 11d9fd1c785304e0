import { randomUUID } from 'node:crypto'
import type { Failure } from '../../fakes/feishu-api.ts'
import { encodeFrame } from '../../fakes/feishu-frames.ts'
import { type FeishuServer, startFeishuServer } from '../../fakes/feishu-server.ts'
import { FeishuPerson, type Push, pushTo, read } from '../../platforms/feishu-stage.ts'
import { breakRequest } from './break-request.ts'
import {
  type Call,
  type ClickEnd,
  endOf,
  type Fault,
  type Messenger,
  never,
  Pushed,
  type Talker,
  type Transport,
} from './messenger.ts'

/** After 15 s, 5 min, 1 h and 6 h: the vendor's page on subscribing to events. */
const retries = [15_000, 300_000, 3_600_000, 6 * 3_600_000]

/** Answers that say “too often”, each in its own way: of the gateway, of the app, of a chat, of a tenant. */
function limitsFor(seconds: number): Failure[] {
  const headers = { 'x-ogw-ratelimit-reset': String(seconds) }
  return [
    { status: 429, body: {}, headers },
    { status: 400, body: { code: 99991400, msg: 'request trigger frequency limit' } },
    { status: 400, body: { code: 230020, msg: 'limited' }, headers },
    { status: 200, body: { code: 11232, msg: 'tenant limit' } },
  ]
}

/** Feishu, by the long connection or by encrypted requests. */
export async function openFeishuMessenger(transport: Transport, clock: () => Date): Promise<Messenger> {
  const server = await startFeishuServer(clock)
  // As often as that, so that a dead line is found out within a test.
  server.pingInterval = 0.6
  let address: string | null = null
  let limited = 0
  let refusals = 0
  const push: Push = (...given) => {
    if (transport === 'socket') return server.push(...given)
    return address === null ? Promise.reject(new Error('nobody listens')) : pushTo(address, clock)(...given)
  }
  const toFailure = ({ how, isMade = false }: Fault): Failure => {
    const failed = { status: 500, body: {}, after: isMade }
    if (how === 'cut' || how === 'silent') return { ...failed, line: how }
    if (how === 'error') return failed
    if (how === 'limit') return limitsFor(messenger.limitFor)[limited++ % 4]!
    return { status: 400, body: { code: 99991663, msg: 'Invalid access token for authorization' } }
  }
  const messenger: Messenger = {
    name: 'feishu',
    transport,
    url: server.url,
    retries,
    isUp: true,
    over: never,
    fate: null,
    limitFor: 30,
    reach(at) {
      address = at
    },
    join: (group) =>
      createTalker(server, push, { refused: () => refusals++, over: () => messenger.over }, group),
    addGroup: () => `oc_${randomUUID()}`,
    shown: () => server.messages.map(({ chat, card }) => ({ chat, text: read(card) })),
    refusals: () => refusals,
    calls: () => server.calls.filter((call) => /^(?:POST|PATCH|PUT) .*(?:messages|cards)/.test(call)).length,
    lines: () => ({ open: server.connections().length, opened: server.opened }),
    askForAnother: null,
    breakLines(how) {
      if (transport === 'http' && how === 'within') breakRequest(address)
      for (const line of server.connections()) {
        if (how === 'within') line.cutWithin(encodeFrame(1, { type: 'event' }, Buffer.alloc(400)))
        else line[how]()
      }
    },
    // The vendor's codes for an app with all its connections in use, and for a secret that is not the app's.
    refuseLines(why) {
      const code = why === 'revoked' ? 514 : 1000040350
      server.endpointFailure = why && { code, msg: why }
    },
    close: () => server.close(),
  }
  server.fate = (call) => {
    const kind: Call | null = call.startsWith('GET') ? null : call.startsWith('POST') ? 'send' : 'edit'
    const fault = kind && messenger.fate?.(kind)
    return fault ? toFailure(fault) : undefined
  }
  return messenger
}

function createTalker(
  server: FeishuServer,
  push: Push,
  { refused, over }: { refused(): void; over(): Promise<unknown> },
  group = '',
): Talker {
  const person = new FeishuPerson(server, push, { group, union: `on_${randomUUID()}` })
  let cards = 0

  const ended = async (work: Promise<{ toast: string }>): Promise<ClickEnd> => {
    const end = await endOf(
      work.catch(() => undefined),
      over(),
    )
    if (!end) return 'failed'
    if (!/忙|未能|失败|稍后/.test(end.toast)) return 'taken'
    refused()
    return 'refused'
  }

  return {
    chat: person.chat,
    isOrdered: group === '',
    say(label) {
      const event = person.event(label)
      return new Pushed(label, person.chat, async () => {
        // Each push may have an id of its own: a message is known by its own.
        const { code } = await push('im.message.receive_v1', event, { id: randomUUID() })
        return code === 200
      })
    },
    press(button, _of, times = 1) {
      cards = server.messages.length
      const id = randomUUID()
      return ended(
        Promise.all(Array.from({ length: times }, () => person.click(button, undefined, id))).then(
          ([first]) => first!,
        ),
      )
    },
    seesForm: () =>
      person.messages().some(({ card }) => server.messages.length > cards && /下一步/.test(read(card))),
    fill: (label) => ended(person.click('下一步', { what: label })),
    submit: () => ended(person.click('提交')),
  }
}
