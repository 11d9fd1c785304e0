import { problemsOfBlocks, problemsOfView } from './slack-block-rules.ts'
import { SlackFiles } from './slack-files.ts'
import { streamMethods } from './slack-streams.ts'

export const team = 'T1'
const botUser = 'UBOT'

type Body = Record<string, unknown>

export interface SlackMessage {
  ts: string
  channel: string
  user: string
  text: string
  blocks?: unknown
  thread_ts?: string
  metadata?: unknown
  bot_id?: string
  files?: { id: string; name: string; title: string }[]
  /** Of a message that is, or was, shown while it was written, and the text it was given. */
  streaming_state?: 'in_progress' | 'completed'
  markdown?: string
  /** Whom alone it is shown to. */
  only?: string
}

export interface Answer {
  status: number
  headers: Record<string, string>
  /** Null: the line breaks. */
  body: Body | null
  /** The line stands, and nothing is ever said. */
  isSilent?: boolean
}

/** How a call fails. */
export interface Failure {
  method: string
  answer: Answer
  /** Whether the call is carried out all the same. */
  isMade: boolean
}

class Refused extends Error {}

const refuse = (error: string): never => {
  throw new Refused(error)
}

/** A workspace as its Web API shows it, as strict as the real one about what it takes. */
export class SlackWorkspace {
  readonly users = new Map<
    string,
    { name: string; locale: string; tz: string; title?: string; flags?: Body }
  >()
  readonly channels = new Map<string, { members: Set<string>; archived?: true; is?: 'private' | 'shared' }>()
  readonly messages: SlackMessage[] = []
  readonly views: { id: string; how: string; user?: string; view: Body }[] = []
  /** Of the assistant's threads, by channel and time. */
  readonly statuses = new Map<string, string>()
  readonly calls: { method: string; args: Body }[] = []
  /** By path, as they are fetched. */
  readonly files = new Map<string, Uint8Array>()
  /** Those that the app sends. */
  readonly uploads = new SlackFiles()
  /** Whether a message a second is the most that a chat takes. Default false. */
  isPaced = false
  /** Whether blocks are checked; a benchmark has none to check. Default true. */
  isStrict = true
  /** Asked about each call before `fail`; default: none fails so. */
  fate: ((method: string, args: Body) => Omit<Failure, 'method'> | undefined) | null = null
  /** Messages in one page of a chat's past at most. Default: as many as are asked for. */
  longestPage = 999
  readonly #clock: () => Date
  readonly #changed: () => void
  readonly #failures: Failure[] = []
  readonly #triggers = new Map<string, number>()
  readonly #lastPost = new Map<string, number>()
  #count = 0

  constructor(clock: () => Date, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
  }

  /** Somebody with a private chat with the bot. */
  addUser(name: string, locale = 'zh-CN'): { user: string; im: string } {
    const user = `U${++this.#count}X`
    const im = `D${this.#count}X`
    this.users.set(user, { name, locale, tz: 'Asia/Shanghai' })
    this.channels.set(im, { members: new Set([user, botUser]) })
    return { user, im }
  }

  addChannel(...members: string[]): string {
    const channel = `C${++this.#count}X`
    this.channels.set(channel, { members: new Set(members) })
    return channel
  }

  addPrivateChannel(...members: string[]): string {
    const channel = this.addChannel(...members)
    this.channels.get(channel)!.is = 'private'
    return channel
  }

  /** Something a person writes; gives the event that tells of it. */
  say(channel: string, user: string, text: string, more: Body = {}): Body {
    const message = { ts: this.#ts(), channel, user, text, ...more }
    this.messages.push(message)
    this.#changed()
    const channel_type = channel.startsWith('D') ? 'im' : 'channel'
    return { type: 'message', channel_type, event_ts: message.ts, ...message }
  }

  /** Valid for 3 s, once. */
  trigger(): string {
    const trigger = `trigger.${++this.#count}`
    this.#triggers.set(trigger, this.#clock().getTime() + 3000)
    return trigger
  }

  /** The next call of the method fails so. */
  fail(method: string, answer: Partial<Answer>, isMade = false): void {
    this.#failures.push({ method, answer: { status: 200, headers: {}, body: {}, ...answer }, isMade })
  }

  call(method: string, args: Body): Answer {
    this.calls.push({ method, args })
    const at = this.#failures.findIndex((failure) => failure.method === method)
    const failure = this.fate?.(method, args) ?? (at < 0 ? undefined : this.#failures.splice(at, 1)[0])
    if (failure && !failure.isMade) return failure.answer
    try {
      const run = this.#methods[method] ?? (() => refuse('unknown_method'))
      const body = { ok: true, ...run(args) }
      return failure?.answer ?? { status: 200, headers: {}, body }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const [problem, wait] = error.message.split(' ')
      if (problem === 'ratelimited') {
        const headers = { 'Retry-After': wait ?? '1' }
        return { status: 429, headers, body: { ok: false, error: problem } }
      }
      return { status: 200, headers: {}, body: { ok: false, error: problem } }
    }
  }

  #ts(): string {
    this.#count += 1
    const micro = String(this.#count % 1000).padStart(3, '0')
    return `${(this.#clock().getTime() / 1000).toFixed(3)}${micro}`
  }

  #useTrigger(trigger: unknown): void {
    const until = this.#triggers.get(String(trigger)) ?? refuse('invalid_trigger_id')
    if (until === 0) refuse('exchanged_trigger_id')
    if (until < this.#clock().getTime()) refuse('expired_trigger_id')
    this.#triggers.set(String(trigger), 0)
  }

  #channel(args: Body) {
    const channel = this.channels.get(String(args.channel)) ?? refuse('channel_not_found')
    if (channel.archived) refuse('is_archived')
    if (!channel.members.has(botUser)) refuse('not_in_channel')
    return channel
  }

  #content({ text, blocks }: Body): { text: string; blocks?: unknown } {
    if (typeof text !== 'string' && blocks === undefined) refuse('no_text')
    if (String(text ?? '').length > 40_000) refuse('msg_too_long')
    const isWrong = this.isStrict && blocks !== undefined && problemsOfBlocks(blocks, 'message').length > 0
    if (isWrong || this.uploads.isStrange(blocks)) refuse('invalid_blocks')
    return { text: String(text ?? ''), blocks }
  }

  #post(args: Body, more: Partial<SlackMessage> = {}): SlackMessage {
    this.#channel(args)
    const channel = String(args.channel)
    const now = Date.now()
    if (this.isPaced && more.only === undefined) {
      if (now - (this.#lastPost.get(channel) ?? 0) < 900) refuse('ratelimited 1')
      this.#lastPost.set(channel, now)
    }
    const thread_ts = args.thread_ts === undefined ? {} : { thread_ts: String(args.thread_ts) }
    const message = { ts: this.#ts(), channel, user: botUser, ...this.#content(args), ...thread_ts, ...more }
    this.messages.push(message)
    return message
  }

  #view(args: Body, how: string): Body {
    const view = args.view as Body
    if (problemsOfView(view).length > 0) refuse('invalid_arguments')
    const known = how === 'update' ? this.views.findLast(({ id }) => id === args.view_id) : undefined
    if (how === 'update' && !known) refuse('not_found')
    const id = known?.id ?? `V${++this.#count}`
    this.views.push({ id, how, view, ...(args.user_id ? { user: String(args.user_id) } : {}) })
    return { view: { id, ...view } }
  }

  #repliesTo({ channel, ts }: Pick<SlackMessage, 'channel' | 'ts'>): Body {
    const replies = this.messages.filter(
      (one) => one.channel === channel && one.thread_ts === ts && one.ts !== ts,
    )
    const last = replies.at(-1)
    return last ? { thread_ts: ts, reply_count: replies.length, latest_reply: last.ts } : {}
  }

  /** One page of a list, as methods with `cursor` and `limit` give it. */
  #list<T>(args: Body, all: readonly T[]): { page: T[]; next: Body } {
    const [start, limit] = [Number(args.cursor ?? 0), Number(args.limit ?? 100)]
    if (!Number.isInteger(limit) || limit < 1 || limit > 999) refuse('invalid_limit')
    if (!Number.isInteger(start) || start < 0) refuse('invalid_cursor')
    const next_cursor = start + limit < all.length ? String(start + limit) : ''
    return { page: all.slice(start, start + limit), next: { response_metadata: { next_cursor } } }
  }

  #page(args: Body, messages: SlackMessage[]): Body {
    const { oldest = '0', latest = 'Infinity', inclusive } = args
    const isWithin = (ts: string) =>
      (Number(ts) > Number(oldest) && Number(ts) < Number(latest)) ||
      (inclusive === true && (ts === oldest || ts === latest))
    // A thread always comes with the post that it hangs on.
    const shown = messages.filter(({ only, ts }) => only === undefined && (isWithin(ts) || ts === args.ts))
    const start = Number(args.cursor ?? 0)
    const limit = Math.min(Number(args.limit ?? 100), this.longestPage)
    const next = start + limit < shown.length ? String(start + limit) : ''
    const page = shown.slice(start, start + limit).map(({ metadata, ...message }) => ({
      type: 'message',
      ...message,
      ...this.#repliesTo(message),
      ...(args.include_all_metadata === true && metadata ? { metadata } : {}),
    }))
    return { messages: page, has_more: next !== '', response_metadata: { next_cursor: next } }
  }

  readonly #methods: Record<string, (args: Body) => Body> = {
    'auth.test': () => ({ team_id: team, user_id: botUser, bot_id: 'BBOT', user: 'kexie', team: '企业科协' }),
    'users.info': ({ user }) => {
      const found = this.users.get(String(user)) ?? refuse('user_not_found')
      const { name, locale, tz, title = '' } = found
      const profile = { display_name: name, title }
      return { user: { id: user, name, real_name: name, locale, tz, profile } }
    },
    'users.list': (args) => {
      const people = [...this.users].map(([id, { flags }]) => ({ id, ...flags }))
      const bots = [
        { id: 'USLACKBOT', is_bot: false },
        { id: botUser, is_bot: true },
      ]
      const { page, next } = this.#list(args, [...bots, ...people])
      return { members: page, ...next }
    },
    'conversations.info': (args) => {
      const { is } = this.#channel(args)
      return { channel: { id: args.channel, is_private: is === 'private', is_shared: is === 'shared' } }
    },
    'conversations.members': (args) => {
      const { page, next } = this.#list(args, [...this.#channel(args).members])
      return { members: page, ...next }
    },
    'conversations.open': ({ users }) => {
      const found = [...this.channels].find(
        ([id, { members }]) => id.startsWith('D') && members.has(String(users)),
      )
      return { channel: { id: found?.[0] ?? refuse('user_not_found') } }
    },
    'conversations.history': (args) => {
      this.#channel(args)
      const own = this.messages.filter(
        ({ channel, thread_ts, ts }) => channel === args.channel && (!thread_ts || thread_ts === ts),
      )
      return this.#page(args, own.reverse())
    },
    'conversations.replies': (args) => {
      this.#channel(args)
      const own = this.messages.filter(
        ({ channel, thread_ts, ts }) => channel === args.channel && (thread_ts === args.ts || ts === args.ts),
      )
      if (own.length === 0) refuse('thread_not_found')
      return this.#page(args, own)
    },
    'chat.postMessage': (args) => {
      const message = this.#post(args, args.metadata === undefined ? {} : { metadata: args.metadata })
      return { channel: message.channel, ts: message.ts, message }
    },
    'chat.update': (args) => {
      this.#channel(args)
      const message = this.messages.find(
        ({ channel, ts, user }) => channel === args.channel && ts === args.ts && user === botUser,
      )
      if (!message) return refuse('message_not_found')
      if (message.streaming_state === 'in_progress') return refuse('streaming_state_conflict')
      const { metadata } = args
      Object.assign(message, this.#content(args), metadata === undefined ? {} : { metadata })
      return { channel: message.channel, ts: message.ts }
    },
    'chat.postEphemeral': (args) => {
      const { members } = this.#channel(args)
      if (!members.has(String(args.user))) refuse('user_not_in_channel')
      return { message_ts: this.#post(args, { only: String(args.user) }).ts }
    },
    'views.open': (args) => {
      this.#useTrigger(args.trigger_id)
      return this.#view(args, 'open')
    },
    'views.push': (args) => {
      this.#useTrigger(args.trigger_id)
      return this.#view(args, 'push')
    },
    'views.update': (args) => this.#view(args, 'update'),
    'views.publish': (args) => this.#view(args, 'publish'),
    ...streamMethods({
      messages: this.messages,
      statuses: this.statuses,
      refuse,
      post: (args, more) => this.#post(args, more),
    }),
    ...this.uploads.methods({ refuse, post: (args, more) => this.#post(args, more) }),
  }
}
