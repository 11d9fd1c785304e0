type Body = Record<string, unknown>

interface Answer {
  status: number
  body: unknown
}

export interface FakeEntry {
  id: string
  key: string
  data: Body
  /** union_ids. */
  guests: string[]
  isDeleted: boolean
}

const calendar = 'feishu.cn_bot@group.calendar.feishu.cn'

/**
 * The calendar of the bot, as “日历” of the vendor's reference describes its calls:
 * https://open.feishu.cn/document/server-docs/calendar-v4/calendar-event/create
 */
export class FeishuCalendar {
  readonly entries: FakeEntry[] = []
  /** Whether the app has the scopes. Default true. */
  isAllowed = true

  /** Null: no call of calendars. */
  handle(method: string, path: string, query: URLSearchParams, body: Body): Answer | null {
    const within = /^\/open-apis\/calendar\/v4\/calendars\/(.+)$/.exec(path)?.[1]
    if (within === undefined) return null
    if (!this.isAllowed) return refuse(99991672, 'Access denied. One of the following scopes is required')
    if (within === 'primary' && method === 'POST')
      return done({ calendars: [{ calendar: { calendar_id: calendar } }] })
    const [given = '', events, id, more] = within.split('/').map(decodeURIComponent)
    if (given !== calendar || events !== 'events') return refuse(191001, 'invalid calendar_id')
    if (id === undefined && method === 'POST') return this.#create(query, body)
    const entry = this.entries.find((one) => one.id === id)
    if (!entry) return refuse(193001, 'event not found')
    if (entry.isDeleted) return refuse(193003, 'event is deleted')
    if (more === 'attendees' && method === 'POST') return this.#invite(entry, query, body)
    if (more === undefined && method === 'PATCH') {
      const problem = problemOf(body)
      if (problem) return refuse(190002, problem)
      Object.assign(entry.data, body)
      return done({ event: { event_id: entry.id } })
    }
    if (more === undefined && method === 'DELETE') {
      entry.isDeleted = true
      return done()
    }
    return refuse(404, 'no such method')
  }

  #create(query: URLSearchParams, body: Body): Answer {
    const key = query.get('idempotency_key') ?? ''
    if (key.length < 32 || key.length > 128) return refuse(190002, 'idempotency_key')
    const problem = problemOf(body) ?? (body.start_time && body.end_time ? null : 'times are required')
    if (problem) return refuse(190002, problem)
    let entry = this.entries.find((one) => one.key === key)
    if (!entry) {
      entry = {
        id: `entry-${this.entries.length + 1}_0`,
        key,
        data: { ...body },
        guests: [],
        isDeleted: false,
      }
      this.entries.push(entry)
    }
    return done({ event: { event_id: entry.id, start_time: {}, end_time: {} } })
  }

  #invite(entry: FakeEntry, query: URLSearchParams, { attendees }: Body): Answer {
    if (query.get('user_id_type') !== 'union_id' || !Array.isArray(attendees))
      return refuse(190002, 'attendees')
    for (const { type, user_id } of attendees as { type?: string; user_id?: string }[]) {
      if (type !== 'user' || !user_id?.startsWith('on_')) return refuse(190002, 'user_id')
      if (user_id === 'on_gone') return refuse(195100, 'user is dismissed or not exist in the tenant')
      if (!entry.guests.includes(user_id)) entry.guests.push(user_id)
    }
    return done({ attendees })
  }
}

/** What the vendor refuses of an entry; null: nothing. */
function problemOf({ summary, description, start_time, end_time, location, reminders }: Body): string | null {
  if (String(summary ?? '').length > 1000) return 'summary'
  if (String(description ?? '').length > 40_960) return 'description'
  if (String((location as { name?: string })?.name ?? '').length > 512) return 'location'
  for (const time of [start_time, end_time] as ({ timestamp?: unknown; timezone?: unknown } | undefined)[]) {
    if (!time) continue
    if (typeof time.timestamp !== 'string' || !/^\d{10}$/.test(time.timestamp)) return 'timestamp'
    if (!Intl.supportedValuesOf('timeZone').includes(String(time.timezone))) return 'timezone'
  }
  const minutes = Array.isArray(reminders) ? (reminders as { minutes?: number }[]) : []
  if (minutes.some((one) => !(Math.abs(one.minutes ?? Number.NaN) <= 20_160))) return 'reminders'
  return null
}

const refuse = (code: number, msg: string): Answer => ({ status: 400, body: { code, msg } })
const done = (data: object = {}): Answer => ({ status: 200, body: { code: 0, msg: 'success', data } })
