import { defaultHttpInstance } from '@larksuiteoapi/node-sdk'
import { type Finding, type Sentence, unwell, well } from '../../chat/finding.ts'
import { checkDateHeader } from '../check-clock.ts'
import { checkTimeout } from './limits.ts'
import { addressOfDomain } from './platform.ts'

export interface FeishuCheckOptions {
  appId: string
  appSecret: string
  mode: 'ws' | 'http'
  /** `feishu`, `lark`, or the address of the open platform. */
  domain: string
  /** The rights that the bot uses. */
  scopes: readonly string[]
  clock: () => Date
}

interface Answer {
  body: Record<string, unknown>
  date: string | undefined
}

/**
 * Without these all works that has to: no names and departments, no members of groups, nothing made up for in groups,
 * answers that do not grow while they are written, links in place of files, no entries in calendars, nothing
 * urgent but by its title. docs/setup-feishu.md says so of each.
 */
const mayBeLeftOut =
  /^(?:contact:|cardkit:|calendar:|im:resource|im:chat\.members:|im:message\.group_msg$|im:message\.urgent$|bitable:|docs:permission\.member:)/
/**
 * Of `bot.activate_status`: 2 is enabled, 4 enabled with a newer version to be approved. Source: “获取机器人信息”,
 * open.feishu.cn/document/ukTMukTMukTM/uAjMxEjLwITMx4CMyETM
 */
const enabled = [2, 4]

const say = (key: string, values: Sentence['values'] = {}): Sentence => ({ key, values })

/** What Feishu says of the app, its rights and the time. Never rejects; changes nothing there. */
export async function checkFeishu(options: FeishuCheckOptions): Promise<Finding[]> {
  const { appId, appSecret, mode, scopes, clock } = options
  const asked = await call(options, 'POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    body: { app_id: appId, app_secret: appSecret },
  })
  if (!asked) {
    const advice = say('doctor:feishu.unreachable-advice')
    return [unwell('feishu.reach', 'wrong', say('doctor:feishu.unreachable'), advice)]
  }
  const clockFindings = checkDateHeader('feishu.clock', 'feishu', clock(), asked.date)
  const token = asked.body.tenant_access_token
  if (typeof token !== 'string') {
    const code = codeOf(asked.body)
    const found = say('doctor:feishu.app-refused', { code })
    return [unwell('feishu.app', 'wrong', found, say('doctor:feishu.app-advice')), ...clockFindings]
  }
  return [
    await checkBot(options, token),
    await checkScopes(options, token, scopes),
    ...(mode === 'ws' ? [await checkConnection(options)] : []),
    ...clockFindings,
    unwell('feishu.events', 'unknown', say('doctor:feishu.events'), say('doctor:feishu.events-advice')),
    unwell(
      'feishu.callbacks',
      'unknown',
      say('doctor:feishu.callbacks'),
      say('doctor:feishu.callbacks-advice'),
    ),
  ]
}

async function checkBot(options: FeishuCheckOptions, token: string): Promise<Finding> {
  const check = 'feishu.app'
  const asked = await call(options, 'GET', '/open-apis/bot/v3/info', { token })
  const bot = asked && codeOf(asked.body) === 0 ? recordOf(asked.body.bot) : null
  if (!bot) {
    const code = asked ? codeOf(asked.body) : '–'
    return unwell(check, 'wrong', say('doctor:feishu.no-bot', { code }), say('doctor:feishu.no-bot-advice'))
  }
  const name = String(bot.app_name ?? '?').slice(0, 80)
  const { activate_status: status } = bot
  if (typeof status === 'number' && !enabled.includes(status)) {
    const found = say('doctor:feishu.not-enabled', { name })
    return unwell(check, 'wrong', found, say('doctor:feishu.not-enabled-advice'))
  }
  return well(check, 'doctor:feishu.app', { name })
}

/** “查询租户授权状态”, for which no right is needed: open.feishu.cn/document/application-v6/scope/list */
async function checkScopes(
  options: FeishuCheckOptions,
  token: string,
  wanted: readonly string[],
): Promise<Finding> {
  const check = 'feishu.scopes'
  const asked = await call(options, 'GET', '/open-apis/application/v6/scopes', { token })
  const list = recordOf(asked?.body.data)?.scopes
  if (!Array.isArray(list)) {
    return unwell(check, 'unknown', say('doctor:feishu.scopes-unknown'), say('doctor:feishu.scopes-advice'))
  }
  const granted = new Set(
    list.flatMap((one: unknown) => {
      const { scope_name, grant_status, scope_type = 'tenant' } = recordOf(one) ?? {}
      return grant_status === 1 && scope_type === 'tenant' && typeof scope_name === 'string'
        ? [scope_name]
        : []
    }),
  )
  const missing = wanted.filter((scope) => !isCovered(scope, granted))
  const needed = missing.filter((scope) => !mayBeLeftOut.test(scope))
  if (needed.length > 0) {
    const found = say('doctor:feishu.scopes-missing', { scopes: needed.join(', ') })
    return unwell(check, 'wrong', found, say('doctor:feishu.scopes-advice'))
  }
  if (missing.length === 0) return well(check, 'doctor:feishu.scopes', { count: wanted.length })
  return well(check, 'doctor:feishu.scopes-but', { scopes: missing.join(', ') })
}

/** A right holds its narrower ones, which go on after its name: `im:message` holds `im:message:update`. */
function isCovered(scope: string, granted: ReadonlySet<string>): boolean {
  // The old right to calendars holds those to their entries, which are called otherwise.
  const [calendars = '', isOfEntry] = scope.split('.event:')
  if (isOfEntry !== undefined && granted.has(calendars)) return true
  const parts = scope.split(':')
  return parts.some((_, at) => at > 0 && granted.has(parts.slice(0, at + 1).join(':')))
}

/** Feishu gives the address of a long connection; none is made, so no event goes there. */
async function checkConnection(options: FeishuCheckOptions): Promise<Finding> {
  const check = 'feishu.connection'
  const { appId: AppID, appSecret: AppSecret } = options
  const asked = await call(options, 'POST', '/callback/ws/endpoint', { body: { AppID, AppSecret } })
  if (asked && codeOf(asked.body) === 0) return well(check, 'doctor:feishu.connection')
  const found = say('doctor:feishu.no-connection', { code: asked ? codeOf(asked.body) : '–' })
  return unwell(check, 'wrong', found, say('doctor:feishu.no-connection-advice'))
}

/**
 * Through the SDK's own HTTP client, so that it goes the way of the bot's calls (a proxy in the environment too). Null
 * where nobody answers in time, or it is not Feishu that does.
 */
async function call(
  { domain }: Pick<FeishuCheckOptions, 'domain'>,
  method: 'GET' | 'POST',
  path: string,
  { token, body }: { token?: string; body?: object } = {},
): Promise<Answer | null> {
  const http = defaultHttpInstance.create({ timeout: checkTimeout, validateStatus: () => true })
  try {
    const response = await http.request({
      method,
      url: `${addressOfDomain(domain)}${path}`,
      ...(token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } }),
      ...(body === undefined ? {} : { data: body }),
    })
    const given = recordOf(response.data)
    return given && 'code' in given ? { body: given, date: String(response.headers.date ?? '') } : null
  } catch {
    return null
  }
}

function codeOf(body: Answer['body']): number {
  return Number(body.code)
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
}

/** When a message was said, by Feishu's own time of it. Null where it does not tell. Never rejects. */
export async function saidAt(
  options: Pick<FeishuCheckOptions, 'appId' | 'appSecret' | 'domain'>,
  message: string,
): Promise<Date | null> {
  const { appId: app_id, appSecret: app_secret } = options
  const asked = await call(options, 'POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    body: { app_id, app_secret },
  })
  const token = String(asked?.body.tenant_access_token ?? '')
  const path = `/open-apis/im/v1/messages/${encodeURIComponent(message)}`
  const answer = token === '' ? null : await call(options, 'GET', path, { token })
  const items = recordOf(answer?.body.data)?.items
  const at = Number(Array.isArray(items) ? recordOf(items[0])?.create_time : Number.NaN)
  return at > 0 ? new Date(at) : null
}
