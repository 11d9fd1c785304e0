import type { Failure, FakeMessage } from './feishu-api.ts'
import { refusalOfCard } from './feishu-card-rules.ts'

/** A card that can be sent once and changed by its own id. */
export interface FakeEntity {
  id: string
  card: Card
  /** When the vendor began to show it as it is written; null: it does not. */
  streamingSince: number | null
  sequence: number
  /** The message in which it stands; null: it was not sent. */
  message: FakeMessage | null
  /** All that the growing element has said, in order, and whether each went on from the one before. */
  written: { content: string; isTyped: boolean }[]
}

interface Card {
  config: { streaming_mode?: boolean; [name: string]: unknown }
  body: { elements: { element_id?: string; content?: string }[] }
}

interface CardAnswer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

export interface FeishuCardkit {
  entities: FakeEntity[]
  /** The next calls of entities fail so, one each. */
  failures: Failure[]
  /** Null where the path is another's. */
  handle(method: string, path: string, body: Record<string, unknown>): CardAnswer | null
  /** The card to show for a message that is to hold the entity; a code where it cannot be sent. */
  take(id: string): FakeEntity | { code: number; msg: string }
}

/** Ten calls a second for a card, and ten minutes of streaming. */
const mostCalls = 10
const longestStreaming = 600_000

/** The vendor's entities of cards, as strict as it is about sequences, uuids, rates and what a stream takes. */
export function createFeishuCardkit(clock: () => Date): FeishuCardkit {
  const uuids = new Set<string>()
  const calls = new Map<string, number[]>()
  const refuse = (code: number, msg: string, status = 400): CardAnswer => ({ status, body: { code, msg } })
  const done = (data: object = {}): CardAnswer => ({ status: 200, body: { code: 0, msg: 'success', data } })
  const now = () => clock().getTime()

  const create = ({ type, data, ...rest }: Record<string, unknown>) => {
    if (type !== 'card_json' || typeof data !== 'string' || Object.keys(rest).length > 0) {
      return refuse(99992402, 'field validation failed')
    }
    const refusal = refusalOfCard(data)
    if (refusal) return refuse(refusal.code, refusal.msg)
    const card = JSON.parse(data) as Card
    const ids = card.body.elements.flatMap(({ element_id }) => (element_id === undefined ? [] : [element_id]))
    if (ids.some((id) => !/^[a-zA-Z]\w{0,19}$/.test(id))) return refuse(300302, 'element_id')
    if (new Set(ids).size < ids.length) return refuse(300301, 'Duplicate element_id')
    const streamingSince = card.config.streaming_mode === true ? now() : null
    const id = String(7355439197428236291n + BigInt(kit.entities.length))
    kit.entities.push({ id, card, streamingSince, sequence: 0, message: null, written: [] })
    return done({ card_id: id })
  }

  const show = (entity: FakeEntity, card: Card) => {
    entity.card = card
    if (entity.message) entity.message.card = card
  }

  const change = (entity: FakeEntity, card: Card): CardAnswer => {
    const refusal = refusalOfCard(JSON.stringify(card))
    if (refusal) return refuse(refusal.code, refusal.msg)
    const isStreaming = card.config.streaming_mode === true
    entity.streamingSince = isStreaming ? (entity.streamingSince ?? now()) : null
    show(entity, card)
    if (entity.message) entity.message.edits += 1
    return done()
  }

  const write = (entity: FakeEntity, element: string, { content }: Record<string, unknown>): CardAnswer => {
    if (entity.streamingSince !== null && now() - entity.streamingSince >= longestStreaming) {
      entity.streamingSince = null
      return refuse(200850, 'card streaming timeout')
    }
    if (entity.streamingSince === null) return refuse(300309, 'streaming mode is closed')
    const before = entity.card.body.elements.find(({ element_id }) => element_id === element)
    if (!before) return refuse(300313, 'element not found')
    if (typeof content !== 'string' || content === '') return refuse(99992402, 'content')
    const elements = entity.card.body.elements.map((one) => (one === before ? { ...one, content } : one))
    const isTyped = content.startsWith(before.content ?? '')
    const answer = change(entity, { ...entity.card, body: { ...entity.card.body, elements } })
    if (answer.status === 200) entity.written.push({ content, isTyped })
    return answer
  }

  const route = (method: string, path: string, body: Record<string, unknown>): CardAnswer => {
    if (method === 'POST' && path === '') return create(body)
    const [, id, rest = ''] = /^\/(\d{1,20})(\/.*)?$/.exec(path) ?? []
    const entity = kit.entities.find((one) => one.id === id)
    if (!entity) return refuse(200740, 'no such card')
    const recent = (calls.get(entity.id) ?? []).filter((at) => now() - at < 1000)
    calls.set(entity.id, [...recent, now()])
    if (recent.length >= mostCalls) return refuse(99991400, 'too many requests', 429)
    const { sequence, uuid } = body
    if (uuid !== undefined) {
      if (typeof uuid !== 'string' || uuid.length < 1 || uuid.length > 64) return refuse(200770, 'uuid')
      if (uuids.has(uuid)) return done()
      uuids.add(uuid)
    }
    if (!Number.isInteger(sequence) || Number(sequence) < 1 || Number(sequence) > 2 ** 31 - 1) {
      return refuse(99992402, 'sequence')
    }
    if (Number(sequence) <= entity.sequence) return refuse(300317, 'sequence number compare failed')
    entity.sequence = Number(sequence)
    const element = /^\/elements\/(\w+)\/content$/.exec(rest)?.[1]
    if (method === 'PUT' && element) return write(entity, element, body)
    if (method === 'PATCH' && rest === '/settings') {
      const { config } = JSON.parse(String(body.settings)) as { config: Card['config'] }
      return change(entity, { ...entity.card, config: { ...entity.card.config, ...config } })
    }
    const card = body.card as { type?: unknown; data?: unknown } | undefined
    if (method !== 'PUT' || rest !== '' || card?.type !== 'card_json') return refuse(404, 'no such path', 404)
    return change(entity, JSON.parse(String(card.data)) as Card)
  }

  const kit: FeishuCardkit = {
    entities: [],
    failures: [],
    handle(method, path, body) {
      const [, below] = /^\/open-apis\/cardkit\/v1\/cards(.*)$/.exec(path) ?? []
      if (below === undefined) return null
      const failure = kit.failures.shift()
      if (!failure) return route(method, below, body)
      if (failure.after) route(method, below, body)
      return failure
    },
    take(id) {
      const entity = kit.entities.find((one) => one.id === id)
      if (!entity) return { code: 230099, msg: 'CARDKIT_CONTENT_FAILED' }
      return entity.message ? { code: 230099, msg: 'the card was sent before' } : entity
    },
  }
  return kit
}
