import { randomUUID } from 'node:crypto'
import { readIn, SlackPerson } from '../../fakes/slack-person.ts'
import { FakeSlack } from '../../fakes/slack-server.ts'
import type { SlackWorkspace } from '../../fakes/slack-workspace.ts'
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

/** https://docs.slack.dev/apis/events-api/#retries: nearly at once, after a minute, after five. */
const retries = [0, 60_000, 300_000]

const kinds: Record<string, Call> = {
  'chat.postMessage': 'send',
  'chat.startStream': 'send',
  'chat.update': 'edit',
  'chat.appendStream': 'edit',
  'chat.stopStream': 'edit',
  'conversations.history': 'find',
  'conversations.replies': 'find',
}

type Failure = NonNullable<ReturnType<NonNullable<SlackWorkspace['fate']>>>

/** Slack, by Socket Mode or by signed requests. */
export async function openSlackMessenger(transport: Transport, clock: () => Date): Promise<Messenger> {
  const fake = await FakeSlack.start(clock)
  const { workspace } = fake
  const messenger: Messenger = {
    name: 'slack',
    transport,
    url: fake.apiUrl,
    retries,
    isUp: true,
    over: never,
    fate: null,
    limitFor: 30,
    reach(address) {
      if (transport === 'http') fake.target = address ?? 'http://127.0.0.1:9'
    },
    join: (group) => createTalker(fake, () => messenger.over, group),
    addGroup: () => workspace.addChannel('UBOT'),
    shown: () =>
      workspace.messages
        .filter(({ user, only }) => user === 'UBOT' && only === undefined)
        .map(({ channel, text, blocks }) => ({ chat: channel, text: blocks ? readIn(blocks) : text })),
    // Toasts are shown to one person alone, as errors are.
    refusals: () =>
      workspace.messages.filter(
        ({ only, blocks }) => only !== undefined && !readIn(blocks).startsWith('pressed'),
      ).length,
    calls: () =>
      workspace.calls.filter(({ method }) => ['send', 'edit'].includes(kinds[method] ?? '')).length,
    lines: () => ({ open: fake.open, opened: fake.connections }),
    breakLines(how) {
      if (transport === 'http') {
        if (how === 'within') breakRequest(fake.target)
        return
      }
      if (how === 'within')
        fake.breakWithin(JSON.stringify({ type: 'events_api', envelope_id: randomUUID() }))
      else fake.breakConnections(how)
    },
    askForAnother: (reason) => fake.push(JSON.stringify({ type: 'disconnect', reason })),
    refuseLines(why) {
      fake.refuseConnections = why && (why === 'revoked' ? 'token_revoked' : 'too_many_websockets')
    },
    close: () => fake.stop(),
  }
  workspace.fate = (method) => {
    const call = kinds[method]
    const fault = call && messenger.fate?.(call)
    return fault ? toFailure(fault, messenger.limitFor) : undefined
  }
  return messenger
}

/** As the vendor words it: https://docs.slack.dev/apis/web-api/rate-limits, errors of chat.postMessage. */
function toFailure({ how, isMade = false }: Fault, limitFor: number): Failure {
  const failed = { status: 200, headers: {}, body: {} }
  switch (how) {
    case 'cut':
      return { isMade, answer: { ...failed, body: null } }
    case 'silent':
      return { isMade, answer: { ...failed, isSilent: true } }
    case 'error':
      return { isMade, answer: { ...failed, status: 500, body: { ok: false, error: 'internal_error' } } }
    case 'limit':
      return {
        isMade: false,
        answer: {
          status: 429,
          headers: { 'Retry-After': String(limitFor) },
          body: { ok: false, error: 'ratelimited' },
        },
      }
    default:
      return { isMade: false, answer: { ...failed, body: { ok: false, error: 'token_revoked' } } }
  }
}

function createTalker(fake: FakeSlack, over: () => Promise<unknown>, group: string | undefined): Talker {
  const { workspace } = fake
  const person = new SlackPerson(fake, '张三')
  const chat = group ?? person.im
  workspace.channels.get(chat)!.members.add(person.user)
  let views = 0

  const ended = async (work: () => Promise<unknown>): Promise<ClickEnd> => {
    const before = errorsOf(person, chat)
    const end = await endOf(
      work().then(
        (answer) => ({ answer }),
        () => undefined,
      ),
      over(),
    )
    if (!end) return 'failed'
    const pushes = (end.answer as { response_action?: string } | undefined)?.response_action === 'push'
    return pushes || errorsOf(person, chat) > before ? 'refused' : 'taken'
  }

  return {
    chat,
    isOrdered: group === undefined,
    say(label) {
      const event = workspace.say(chat, person.user, group === undefined ? label : `<@UBOT> ${label}`)
      const id = `Ev${randomUUID()}`
      return new Pushed(label, chat, async (tries) => {
        await fake.event(event, id, tries - 1)
        return true
      })
    },
    press(button, of, times = 1) {
      const message = workspace.messages.find(
        ({ channel, user, only, blocks }) =>
          channel === chat && user === 'UBOT' && !only && readIn(blocks).startsWith(`message ${of} `),
      )
      if (!message) throw new Error(`no answer to ${of}`)
      views = workspace.views.length
      // A repeat has the same trigger: it is the same click.
      const trigger = workspace.trigger()
      const click = () => person.press(button, message, trigger)
      return ended(() => Promise.all(Array.from({ length: times }, click)))
    },
    seesForm: () => workspace.views.length > views,
    fill: (label) => ended(() => person.submit({ what: label })),
    submit: () => ended(() => person.submit()),
  }
}

function errorsOf(person: SlackPerson, chat: string): number {
  return person
    .seen(chat)
    .filter(({ only, blocks }) => only !== undefined && !readIn(blocks).startsWith('pressed')).length
}
