import type { IncomingMessage } from 'node:http'
import { FeishuBitable } from './feishu-bitable.ts'
import { FeishuCalendar } from './feishu-calendar.ts'
import { refusalOfCard } from './feishu-card-rules.ts'
import { createFeishuCardkit, type FeishuCardkit } from './feishu-cardkit.ts'
import { FeishuFiles } from './feishu-files.ts'
import { createFakeHistory, type FakeHistory, getHistory, listHistory } from './feishu-history.ts'
import { FeishuUrgent } from './feishu-urgent.ts'

export const botOpenId = 'ou_bot'
const token = 't-tenant-token'
const hour = 3_600_000

/** A message as it stands in a chat. */
export interface FakeMessage {
  id: string
  /** `p2p:` and the person's union_id, or the id of a group. */
  chat: string
  /** The message whose thread it is in; empty outside of threads. */
  thread: string
  /** What it answers; empty where it stands for itself. */
  replyTo: string
  card: unknown
  edits: number
}

export interface Failure {
  status: number
  body: unknown
  headers?: Record<string, string>
  /** Whether the call is carried out before it fails. */
  after?: boolean
  /** The line breaks, or stands and nothing is ever said. */
  line?: 'cut' | 'silent'
}

export interface FeishuApi {
  /** What the bot has sent, in order. */
  messages: FakeMessage[]
  /** What the app may do, as it is told of itself. */
  scopes: string[]
  /** Calls of the open platform, such as `POST /open-apis/im/v1/messages`. */
  calls: string[]
  /** Messages of people, by id: the place where each stands. */
  said: Map<string, { chat: string; thread: string }>
  /** What is told of chats when they are asked for their past. */
  history: FakeHistory
  /** Messages that were withdrawn. */
  withdrawn: Set<string>
  /** Files of messages, by key. */
  files: Map<string, { bytes: Buffer; type: string }>
  /** Entries of the directory, by union_id; an app without the scope gets none. */
  users: Map<string, object>
  /** Names of departments, by open_department_id. */
  departments: Map<string, string>
  /** Who is in a group, by its id: union_ids, and the tenant of those from another one. */
  groups: Map<string, { user: string; tenant?: string }[]>
  /** Files that the bot hands over, and its calendar. */
  handed: FeishuFiles
  calendar: FeishuCalendar
  urgent: FeishuUrgent
  /** Bases and their tables. */
  bitable: FeishuBitable
  /** The next calls of messages fail so, one each. */
  failures: Failure[]
  /** Cards that are changed by ids of their own. */
  cardkit: FeishuCardkit
  /** Asked about each of these calls, such as `POST /open-apis/im/v1/messages`, before `failures`; default: none fails. */
  fate: ((call: string) => Failure | undefined) | null
  /** Messages a second of one chat; 0: without limit. */
  perSecond: number
  /** Whether cards are checked; a benchmark has none to check. Default true. */
  isStrict: boolean
  handle(request: IncomingMessage, body: Buffer): ApiAnswer | Promise<ApiAnswer>
}

interface ApiAnswer {
  status: number
  body?: unknown
  bytes?: Buffer
  headers?: Record<string, string>
  line?: 'cut' | 'silent'
}

/** The open platform as far as the bot calls it, as strict as the vendor's about cards, keys and rates. */
export function createFeishuApi({
  appId,
  appSecret,
  clock,
}: {
  appId: string
  appSecret: string
  clock: () => Date
}): FeishuApi {
  const sentBy = new Map<string, { message: FakeMessage; at: number }>()
  const rates = new Map<string, number[]>()
  const cardkit = createFeishuCardkit(clock)
  let made = 0

  const refuse = (code: number, msg: string, status = 400): ApiAnswer => ({ status, body: { code, msg } })
  const done = (data: object = {}): ApiAnswer => ({ status: 200, body: { code: 0, msg: 'success', data } })

  const tooFast = (chat: string): boolean => {
    if (api.perSecond === 0) return false
    const now = clock().getTime()
    const recent = (rates.get(chat) ?? []).filter((at) => now - at < 1000)
    rates.set(chat, [...recent, now])
    return recent.length >= api.perSecond
  }

  const send = (place: Pick<FakeMessage, 'chat' | 'thread' | 'replyTo'>, body: Record<string, unknown>) => {
    const unknown = Object.keys(body).find(
      (name) => !['receive_id', 'msg_type', 'content', 'uuid', 'reply_in_thread'].includes(name),
    )
    if (unknown) return refuse(230001, `unknown field ${unknown}`)
    const isFile = body.msg_type === 'file'
    if ((!isFile && body.msg_type !== 'interactive') || typeof body.content !== 'string')
      return refuse(230001, 'msg_type')
    if (typeof body.uuid !== 'string' || body.uuid.length > 50) return refuse(230001, 'uuid')
    const content = JSON.parse(body.content)
    const file = isFile ? api.handed.messageOf(content) : null
    if (isFile && !file) return refuse(230001, 'file_key')
    // The key of a picture that nobody handed over, or that was taken away.
    const strange = /"img_key":"([^"]*)"/.exec(body.content)?.[1]
    if (strange !== undefined && !api.handed.pictures.has(strange)) return refuse(230099, 'image_key')
    const refusal = api.isStrict && !isFile && content.type !== 'card' ? refusalOfCard(body.content) : null
    if (refusal) return refuse(refusal.code, refusal.msg)
    const now = clock().getTime()
    const before = sentBy.get(body.uuid)
    if (before && now - before.at < hour) return done({ message_id: before.message.id })
    if (tooFast(place.chat)) {
      const limited = refuse(230020, 'rate limited')
      return { ...limited, headers: { 'x-ogw-ratelimit-reset': '1' } }
    }
    const entity = content.type === 'card' ? cardkit.take(content.data.card_id) : null
    if (entity && 'code' in entity) return refuse(entity.code, entity.msg)
    made += 1
    const message = { id: `om_bot_${made}`, ...place, card: entity?.card ?? file ?? content, edits: 0 }
    if (entity) entity.message = message
    api.messages.push(message)
    api.history.items.push({
      id: message.id,
      chat: place.chat.replace(/^p2p:/, 'oc_of_'),
      root: place.thread,
      at: now,
      ...{ sender: '', type: 'interactive', content: '{}', mentions: [] },
    })
    sentBy.set(body.uuid, { message, at: now })
    return done({ message_id: message.id })
  }

  const create = (query: URLSearchParams, body: Record<string, unknown>) => {
    const id = String(body.receive_id ?? '')
    const type = query.get('receive_id_type')
    if (type === 'union_id' && id.startsWith('on_')) {
      if (id === 'on_gone') return refuse(230013, 'Bot has NO availability to this user')
      return send({ chat: `p2p:${id}`, thread: '', replyTo: '' }, body)
    }
    if (type === 'chat_id' && id.startsWith('oc_')) {
      if (id === 'oc_elsewhere') return refuse(230002, 'Bot/User can NOT be out of the chat')
      return send({ chat: id, thread: '', replyTo: '' }, body)
    }
    return refuse(230001, 'invalid receive_id')
  }

  const reply = (id: string, body: Record<string, unknown>) => {
    if (api.withdrawn.has(id)) return refuse(230011, 'The message was withdrawn.')
    const question = api.said.get(id) ?? api.messages.find((message) => message.id === id)
    if (!question) return refuse(230001, 'invalid message_id')
    const thread = question.thread || (body.reply_in_thread === true ? id : '')
    return send({ chat: question.chat, thread, replyTo: id }, body)
  }

  const patch = (id: string, body: Record<string, unknown>) => {
    const message = api.messages.find((one) => one.id === id)
    if (!message) return refuse(230031, 'message is not there or too old')
    if (Object.keys(body).join() !== 'content') return refuse(230001, 'only the content')
    const refusal = refusalOfCard(String(body.content))
    if (refusal) return refuse(refusal.code, refusal.msg)
    const card = JSON.parse(String(body.content))
    message.card = card
    message.edits += 1
    const entity = cardkit.entities.find((one) => one.message === message)
    if (entity) Object.assign(entity, { card, streamingSince: null })
    return done()
  }

  /** https://open.feishu.cn/document/server-docs/group/chat-member/get */
  const listMembers = (chat: string, query: URLSearchParams) => {
    const group = api.groups.get(chat)
    if (!group) return refuse(232011, 'Operator can NOT be out of the chat.')
    const [start, size] = [Number(query.get('page_token') ?? 0), Number(query.get('page_size') ?? 20)]
    if (!(size >= 1 && size <= 100)) return refuse(99992402, 'field validation failed')
    const type = query.get('member_id_type')
    if (type !== 'union_id') return refuse(99992402, 'this app knows people by their union_id')
    const items = group.slice(start, start + size).map(({ user, tenant }) => ({
      ...{ member_id_type: type, member_id: user, name: user, tenant_key: tenant ?? 'tenant-1' },
    }))
    const has_more = start + size < group.length
    const page_token = has_more ? String(start + size) : ''
    return done({ items, has_more, page_token, member_total: group.length })
  }

  const route = (
    method: string,
    path: string,
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): ApiAnswer => {
    if (path === '/open-apis/bot/v3/info') {
      return { status: 200, body: { code: 0, bot: { open_id: botOpenId, app_name: '科协助手' } } }
    }
    if (path === '/open-apis/application/v6/scopes') {
      const scopes = api.scopes.map((scope_name) => ({ scope_name, scope_type: 'tenant', grant_status: 1 }))
      return done({
        scopes: [...scopes, { scope_name: 'not:granted', scope_type: 'tenant', grant_status: 2 }],
      })
    }
    const user = /^\/open-apis\/contact\/v3\/users\/([^/]+)$/.exec(path)
    if (user) {
      const byOpenId = query.get('user_id_type') === 'open_id'
      const union = byOpenId ? user[1]!.replace(/^ou_/, '') : user[1]!
      const entry = api.users.get(union)
      return entry
        ? done({ user: byOpenId ? { ...entry, union_id: union } : entry })
        : refuse(99991672, 'Access denied. scopes required')
    }
    const department = /^\/open-apis\/contact\/v3\/departments\/([^/]+)$/.exec(path)
    if (department) {
      if (query.get('department_id_type') !== 'open_department_id') return refuse(40003, 'id type')
      const name = api.departments.get(department[1]!)
      return name === undefined
        ? refuse(40004, 'no dept authority error', 403)
        : done({ department: { name, open_department_id: department[1] } })
    }
    const group = /^\/open-apis\/im\/v1\/chats\/([^/]+)\/members$/.exec(path)
    if (group) return listMembers(group[1]!, query)
    const file = /^\/open-apis\/im\/v1\/messages\/([^/]+)\/resources\/([^/]+)$/.exec(path)
    if (file) {
      const held = api.files.get(file[2]!)
      if (!held || !api.said.has(file[1]!)) return refuse(234003, 'file not found')
      return { status: 200, bytes: held.bytes, headers: { 'Content-Type': held.type } }
    }
    const kept = /^\/open-apis\/(calendar|bitable|drive|cardkit)\//.exec(path)?.[1]
    if (kept !== undefined) {
      const fate = api.fate?.(`${method} ${path}`)
      if (fate && !fate.after) return fate
      const within = kept === 'calendar' ? api.calendar : api.bitable
      const answer =
        kept === 'cardkit' ? cardkit.handle(method, path, body) : within.handle(method, path, query, body)
      return fate ?? answer ?? refuse(404, 'no such path', 404)
    }
    const message = /^\/open-apis\/im\/v1\/messages(?:\/([^/]+)(\/reply|\/urgent_app)?)?$/.exec(path)
    if (!message) return refuse(404, 'no such path', 404)
    const [, id, then] = message
    const call = () => {
      if (method === 'GET') {
        return id === undefined
          ? listHistory(api.history, query, api.withdrawn)
          : getHistory(api.history, id, api.withdrawn)
      }
      if (method === 'POST' && id === undefined) return create(query, body)
      if (method === 'POST' && then === '/reply') return reply(id!, body)
      if (then === '/urgent_app') {
        const own = api.messages.find((one) => one.id === id)
        const { code, invalid } = api.urgent.press(own, query, body)
        return code === 0 ? done({ invalid_user_id_list: invalid }) : refuse(code, 'not pressed')
      }
      return method === 'PATCH' && id ? patch(id, body) : refuse(404, 'no such method', 404)
    }
    const failure = api.fate?.(`${method} ${path}`) ?? api.failures.shift()
    if (!failure) return call()
    if (failure.after) call()
    return failure
  }

  const api: FeishuApi = {
    messages: [],
    scopes: [],
    calls: [],
    said: new Map(),
    history: createFakeHistory(clock),
    withdrawn: new Set(),
    files: new Map(),
    users: new Map(),
    departments: new Map(),
    groups: new Map(),
    handed: new FeishuFiles(),
    calendar: new FeishuCalendar(),
    urgent: new FeishuUrgent(),
    bitable: new FeishuBitable(),
    failures: [],
    cardkit,
    fate: null,
    perSecond: 0,
    isStrict: true,
    handle(request, bytes) {
      const url = new URL(request.url ?? '/', 'http://localhost')
      api.calls.push(`${request.method} ${url.pathname}`)
      if (url.pathname === '/open-apis/im/v1/files') {
        const fate = api.fate?.(`${request.method} ${url.pathname}`)
        return fate ?? api.handed.create(request, bytes)
      }
      if (url.pathname === '/open-apis/im/v1/images') {
        const fate = api.fate?.(`${request.method} ${url.pathname}`)
        return fate ?? api.handed.createImage(request, bytes)
      }
      const body = bytes.length > 0 ? JSON.parse(bytes.toString()) : {}
      if (url.pathname === '/open-apis/auth/v3/tenant_access_token/internal') {
        return body.app_id === appId && body.app_secret === appSecret
          ? { status: 200, body: { code: 0, msg: 'ok', tenant_access_token: token, expire: 7200 } }
          : { status: 200, body: { code: 10014, msg: 'app secret invalid' } }
      }
      if (request.headers.authorization !== `Bearer ${token}`) return refuse(99991663, 'token invalid')
      return route(request.method ?? 'GET', url.pathname, url.searchParams, body)
    },
  }
  return api
}
