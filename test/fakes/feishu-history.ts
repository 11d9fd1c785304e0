/** What the open platform tells of a chat's past, as strict about the asking as the vendor is. */

export interface SaidItem {
  id: string
  /** `oc_…`. */
  chat: string
  /** The message in whose thread it is; empty outside of threads. */
  root: string
  /** Milliseconds. */
  at: number
  /** open_id; empty: the bot itself. */
  sender: string
  type: string
  content: string
  mentions: object[]
}

export interface FakeHistory {
  items: SaidItem[]
  /** Chats and threads that cannot be asked, and the code of the refusal. */
  refused: Map<string, number>
  /** Pages asked for, such as `chat oc_1` or `thread omt_om_1`. */
  asked: string[]
  /** Milliseconds. */
  now(): number
  /** Messages that a page holds at most, below what is asked for. Default: as asked. */
  page: number | null
}

interface Answered {
  status: number
  body: unknown
}

export function createFakeHistory(clock: () => Date): FakeHistory {
  return { items: [], refused: new Map(), asked: [], now: () => clock().getTime(), page: null }
}

/** A person's message with its thread, once somebody replied to it there. */
function toItem(one: SaidItem, history: FakeHistory, withdrawn: ReadonlySet<string>) {
  const root = one.root || (history.items.some((other) => other.root === one.id) ? one.id : '')
  return {
    message_id: one.id,
    ...(one.root === '' ? {} : { root_id: one.root }),
    ...(root === '' ? {} : { thread_id: `omt_${root}` }),
    msg_type: one.type,
    create_time: String(one.at),
    update_time: String(one.at),
    deleted: withdrawn.has(one.id),
    updated: false,
    chat_id: one.chat,
    sender:
      one.sender === ''
        ? { id: 'cli_0123456789abcdef', id_type: 'app_id', sender_type: 'app', tenant_key: 'tenant-1' }
        : { id: one.sender, id_type: 'open_id', sender_type: 'user', tenant_key: 'tenant-1' },
    body: { content: withdrawn.has(one.id) ? '' : one.content },
    ...(one.mentions.length > 0 ? { mentions: one.mentions } : {}),
  }
}

const refuse = (code: number, msg: string): Answered => ({ status: 400, body: { code, msg } })

/** https://open.feishu.cn/document/server-docs/im-v1/message/list */
export function listHistory(
  history: FakeHistory,
  query: URLSearchParams,
  withdrawn: ReadonlySet<string>,
): Answered {
  const [type, id] = [query.get('container_id_type'), query.get('container_id') ?? '']
  history.asked.push(`${type} ${id}`)
  const size = Number(query.get('page_size') ?? 20)
  if (!(size >= 1 && size <= 50)) return refuse(230001, 'invalid page_size')
  if (type !== 'chat' && type !== 'thread') return refuse(230001, 'invalid container_id_type')
  const start = query.get('start_time')
  if (start !== null && (type === 'thread' || !/^\d{10}$/.test(start)))
    return refuse(230001, 'invalid start_time')
  if (!id.startsWith(type === 'chat' ? 'oc_' : 'omt_')) return refuse(230001, 'invalid container_id')
  const refused = history.refused.get(id)
  if (refused !== undefined) return refuse(refused, 'refused')
  const inIt = history.items.filter((one) =>
    type === 'chat' ? one.chat === id && one.root === '' : `omt_${one.root || one.id}` === id,
  )
  const sorted = inIt
    .filter(({ at }) => start === null || Math.floor(at / 1000) >= Number(start))
    .sort((one, other) => one.at - other.at)
  if (query.get('sort_type') === 'ByCreateTimeDesc') sorted.reverse()
  const from = Number(query.get('page_token') ?? 0)
  const to = from + Math.min(size, history.page ?? size)
  const items = sorted.slice(from, to).map((one) => toItem(one, history, withdrawn))
  const has_more = to < sorted.length
  return {
    status: 200,
    body: { code: 0, msg: 'success', data: { items, has_more, page_token: has_more ? String(to) : '' } },
  }
}

/** https://open.feishu.cn/document/server-docs/im-v1/message/get */
export function getHistory(history: FakeHistory, id: string, withdrawn: ReadonlySet<string>): Answered {
  const found = history.items.find((one) => one.id === id)
  if (!found) return refuse(230110, 'The message was deleted.')
  return {
    status: 200,
    body: { code: 0, msg: 'success', data: { items: [toItem(found, history, withdrawn)] } },
  }
}
