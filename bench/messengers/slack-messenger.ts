import { createHmac } from 'node:crypto'
import { translate } from '../../src/messages/translate.ts'
import { appToken, botToken, FakeSlack, signingSecret } from '../../test/fakes/slack-server.ts'
import { team } from '../../test/fakes/slack-workspace.ts'
import { type Messenger, type MessengerOptions, post } from './messenger.ts'

const noticesOf = (['zh-CN', 'en'] as const).map((language) => translate(language, 'chat:looking'))

/** Slack, where each person speaks in a private chat with the bot. A question is named by its chat and time. */
export async function openSlack({ transport, people, limited }: MessengerOptions): Promise<Messenger> {
  const fake = await FakeSlack.start()
  const { workspace } = fake
  workspace.isPaced = limited
  workspace.isStrict = false
  const persons = Array.from({ length: people }, (_, n) => workspace.addUser(`第${n}人`))
  /** Questions by the message that the answer will take the place of. */
  const notices = new Map<string, string>()
  const call = workspace.call.bind(workspace)
  workspace.call = (method, args) => {
    const answer = call(method, args)
    if (answer.body?.ok !== true || !method.startsWith('chat.')) return answer
    const place = `${args.channel}:${answer.body.ts}`
    const isNotice = noticesOf.some((notice) => String(args.text).includes(notice))
    if (isNotice) messenger.noticed()
    if (isNotice && method === 'chat.postMessage') notices.set(place, answeredBy(args))
    else if (!isNotice) messenger.answered(notices.get(place) ?? answeredBy(args))
    return answer
  }

  const messenger: Messenger = {
    environment: {
      SLACK_BOT_TOKEN: botToken,
      SLACK_API_URL: fake.apiUrl,
      ...(transport === 'connection'
        ? { SLACK_APP_TOKEN: appToken }
        : { SLACK_SIGNING_SECRET: signingSecret }),
    },
    target: '',
    answered: () => {},
    noticed: () => {},
    ask(person, text) {
      const { user, im } = persons[person]!
      const event = workspace.say(im, user, text)
      const id = `${im}:${event.ts}`
      if (transport === 'connection') return { id, acknowledged: fake.event(event).then(() => {}) }
      const body = JSON.stringify({
        ...{ type: 'event_callback', token: 'unused', team_id: team, api_app_id: 'A1', event },
        ...{ event_id: `Ev${id}`, event_time: Math.floor(Date.now() / 1000) },
      })
      return { id, acknowledged: post(`${messenger.target}/slack/events`, body, signatureOf(body)) }
    },
    close: () => fake.stop(),
  }
  return messenger
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
function signatureOf(body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const hash = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
  return {
    'Content-Type': 'application/json',
    'X-Slack-Request-Timestamp': timestamp,
    'X-Slack-Signature': `v0=${hash}`,
  }
}

/** Ours names what it answers in the metadata (`…"]#1`, a notice `#0`), the bare app by answering in a thread. */
function answeredBy({ channel, thread_ts, metadata }: Record<string, unknown>): string {
  if (metadata === undefined) return `${channel}:${thread_ts}`
  const { event_payload } = metadata as { event_payload: { id: string } }
  return /"([^"]+)"\]#[01]$/.exec(event_payload.id)?.[1] ?? ''
}
