import type { Client } from '@larksuiteoapi/node-sdk'
import type { HeardConversation, Intake } from '../../chat/platform.ts'
import { type CatchUp, createCatchUp, type Failure } from '../catch-up.ts'
import type { Logger } from '../logger.ts'
import { codeOf, summarise, toDeliveryError } from './errors.ts'
import { type AskedChat, placeKey, readHistory } from './history.ts'
import { historyPace, mostKnown, oldestMissed } from './limits.ts'

export interface MissedOptions {
  client: Pick<Client, 'im' | 'contact'>
  intake: Pick<Intake, 'heard'>
  clock: () => Date
  logger: Logger
  /** The bot's own open_id. Rejects while it is not known. */
  identify(): Promise<string>
  /** Takes a message as if its event had come. Rejects where it cannot be stored. */
  hear(event: unknown): Promise<void>
}

/** Asks Feishu for what was said while no events came, where people spoke to the bot lately. */
export function createFetchMissed(options: MissedOptions): CatchUp {
  const { client, intake, clock, logger, identify, hear } = options
  const unions = new Map<string, string>()

  async function unionOf(openId: string): Promise<string | null> {
    const known = unions.get(openId)
    if (known) return known
    const { data } = await client.contact.v3.user.get({
      path: { user_id: openId },
      params: { user_id_type: 'open_id' },
    })
    const union = data?.user?.union_id
    if (!union) return null
    if (unions.size >= mostKnown) unions.clear()
    unions.set(openId, union)
    return union
  }

  return createCatchUp<AskedChat>({
    ...{ clock, logger, pace: historyPace, failureOf, summarise },
    async places() {
      const oldest = clock().getTime() - oldestMissed
      const chats = new Map<string, AskedChat>()
      const threads: AskedChat[] = []
      for (const heard of await intake.heard('feishu')) {
        const since = new Date(Math.max(heard.latest.getTime(), oldest))
        // The latest come first: that one was taken, so the line stood until then.
        if (!chats.has(heard.vendorChat)) chats.set(heard.vendorChat, askedChat(heard, '', since))
        if (heard.conversation.thread) threads.push(askedChat(heard, heard.conversation.thread, since))
      }
      return [...chats.values(), ...threads]
    },
    async read(place, asking) {
      const { events, threads } = await readHistory(place, { client, asking, bot: await identify(), unionOf })
      for (const event of events) await hear(event)
      return { handed: events.length, further: threads }
    },
  })
}

function askedChat(
  { conversation, group, vendorChat }: HeardConversation,
  root: string,
  since: Date,
): AskedChat {
  return {
    key: placeKey(vendorChat, root),
    since,
    tenant: conversation.installation,
    chat: vendorChat,
    root,
    thread: '',
    person: group ? '' : conversation.chat,
  }
}

/** The app lacks a scope, as a whole or for groups. */
const missingRights = new Set([99991672, 99991679, 230027])

function failureOf(error: unknown): Failure | null {
  const code = codeOf(error)
  if (missingRights.has(code)) return { is: 'refused', reason: `code ${code}` }
  const { kind, wait } = toDeliveryError(error)
  if (kind === 'later') return { is: 'later', wait }
  return kind === 'gone' || kind === 'not-allowed' ? { is: 'gone' } : null
}
