import { type Finding, type Sentence, unwell, well } from '../../chat/finding.ts'
import { checkDateHeader } from '../check-clock.ts'
import { checkTimeout } from './limits.ts'

export interface SlackCheckOptions {
  botToken: string
  /** Without it Slack calls the bot. */
  appToken?: string | undefined
  /** Ends with `/`. Default: the vendor's. */
  apiUrl?: string | undefined
  /** The rights that the bot uses. */
  scopes: readonly string[]
  clock: () => Date
}

interface Answer {
  body: Record<string, unknown>
  headers: Headers
}

const say = (key: string, values: Sentence['values'] = {}): Sentence => ({ key, values })

/** What Slack says of the tokens, their rights and the time. Never rejects; changes nothing there. */
export async function checkSlack(options: SlackCheckOptions): Promise<Finding[]> {
  const { botToken, appToken, scopes, clock } = options
  const asked = await call(options, 'auth.test', botToken)
  if (!asked) {
    return [
      unwell('slack.reach', 'wrong', say('doctor:slack.unreachable'), say('doctor:slack.unreachable-advice')),
    ]
  }
  const findings = [checkBotToken(asked.body)]
  if (asked.body.ok === true) findings.push(checkScopes(asked.headers, scopes))
  if (appToken !== undefined) findings.push(await checkAppToken(options, appToken))
  findings.push(...checkDateHeader('slack.clock', 'slack', clock(), asked.headers.get('date')))
  return [
    ...findings,
    unwell('slack.events', 'unknown', say('doctor:slack.events'), say('doctor:slack.events-advice')),
    unwell(
      'slack.interactivity',
      'unknown',
      say('doctor:slack.interactivity'),
      say(
        appToken === undefined
          ? 'doctor:slack.interactivity-http-advice'
          : 'doctor:slack.interactivity-advice',
      ),
    ),
  ]
}

function checkBotToken(body: Answer['body']): Finding {
  const check = 'slack.bot-token'
  if (body.ok !== true) {
    const error = word(body.error)
    return unwell(
      check,
      'wrong',
      say('doctor:slack.token-refused', { setting: 'SLACK_BOT_TOKEN', error }),
      say('doctor:slack.bot-token-advice'),
    )
  }
  // A person's own token is taken as well, and then the bot would speak as that person.
  if (typeof body.bot_id !== 'string') {
    return unwell(check, 'wrong', say('doctor:slack.not-a-bot'), say('doctor:slack.bot-token-advice'))
  }
  return well(check, 'doctor:slack.bot-token', { team: word(body.team), user: word(body.user) })
}

/** The rights of a token stand in a header of every answer: docs.slack.dev/authentication, “Scopes”. */
function checkScopes(headers: Headers, wanted: readonly string[]): Finding {
  const check = 'slack.scopes'
  const granted = headers.get('x-oauth-scopes')?.split(/[,\s]+/)
  if (!granted) {
    return unwell(check, 'unknown', say('doctor:slack.scopes-unknown'), say('doctor:slack.scopes-look'))
  }
  const missing = wanted.filter((scope) => !granted.includes(scope))
  if (missing.length === 0) return well(check, 'doctor:slack.scopes', { count: wanted.length })
  const scopes = missing.join(', ')
  return unwell(
    check,
    'wrong',
    say('doctor:slack.scopes-missing', { scopes }),
    say('doctor:slack.scopes-advice'),
  )
}

/** Slack gives the address of a connection; none is made, so no event goes there. */
async function checkAppToken(options: SlackCheckOptions, token: string): Promise<Finding> {
  const check = 'slack.app-token'
  const asked = await call(options, 'apps.connections.open', token)
  if (asked?.body.ok === true) return well(check, 'doctor:slack.app-token')
  const found = asked
    ? say('doctor:slack.token-refused', { setting: 'SLACK_APP_TOKEN', error: word(asked.body.error) })
    : say('doctor:slack.unreachable')
  const advice = asked ? 'doctor:slack.app-token-advice' : 'doctor:slack.unreachable-advice'
  return unwell(check, 'wrong', found, say(advice))
}

/** Null where nobody answers in time, or it is not Slack that does. */
async function call(
  { apiUrl = 'https://slack.com/api/' }: SlackCheckOptions,
  method: string,
  token: string,
): Promise<Answer | null> {
  try {
    const response = await fetch(`${apiUrl}${method}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-www-form-urlencoded' },
      signal: AbortSignal.timeout(checkTimeout),
    })
    const body: unknown = await response.json()
    const isAnswer = typeof body === 'object' && body !== null && 'ok' in body
    return isAnswer ? { body: body as Answer['body'], headers: response.headers } : null
  } catch {
    return null
  }
}

/** A short word of the vendor's; what is longer is not for people. */
function word(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 80) : '?'
}

/** When a message was said: its id ends with Slack's own time of it. Null where it does not. */
export async function saidAt(message: string): Promise<Date | null> {
  const [, seconds] = /^[A-Z0-9]+:(\d{9,11}\.\d+)$/.exec(message) ?? []
  return seconds === undefined ? null : new Date(Number(seconds) * 1000)
}
