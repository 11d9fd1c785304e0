import { webApi } from '@slack/bolt'
import type { Intake } from '../../chat/platform.ts'
import { type CatchUp, createCatchUp, type Failure } from '../catch-up.ts'
import type { Logger } from '../logger.ts'
import { errorCodeOf, toDeliveryError } from './errors.ts'
import { type AskedChat, askedChat, readHistory } from './history.ts'
import { historyPace, oldestMissed } from './limits.ts'

export interface MissedOptions {
  client: webApi.WebClient
  /** The workspace. */
  team: string
  intake: Pick<Intake, 'heard'>
  clock: () => Date
  logger: Logger
  /** Reads a message as if its event had come; resolves to whether it was taken. */
  hear(event: unknown): Promise<boolean>
}

/** Asks Slack for what was said while no events came, where people spoke to the bot lately. */
export function createFetchMissed({ client, team, intake, clock, logger, hear }: MissedOptions): CatchUp {
  return createCatchUp<AskedChat>({
    ...{ clock, logger, pace: historyPace, failureOf },
    // The client's errors hold no token and nothing that was said.
    summarise: (error) => (error instanceof Error ? error : new Error(String(error))),
    async places() {
      const oldest = clock().getTime() - oldestMissed
      const chats = new Map<string, AskedChat>()
      const threads: AskedChat[] = []
      for (const { conversation, latest } of await intake.heard('slack')) {
        const { installation, chat, thread } = conversation
        if (installation !== team) continue
        const since = new Date(Math.max(latest.getTime(), oldest))
        // The latest come first: that one was taken, so the line stood until then.
        if (!chats.has(chat)) chats.set(chat, askedChat(chat, '', since))
        if (thread) threads.push(askedChat(chat, thread, since))
      }
      return [...chats.values(), ...threads]
    },
    async read(place, asking) {
      const { events, threads } = await readHistory(client, place, asking)
      let handed = 0
      for (const event of events) if (await hear(event)) handed += 1
      return { handed, further: threads }
    },
  })
}

const missingRights = new Set([
  ...['missing_scope', 'not_allowed_token_type', 'no_permission', 'access_denied', 'ekm_access_denied'],
  ...['method_not_supported_for_channel_type', 'team_access_not_granted'],
])

function failureOf(error: unknown): Failure | null {
  const code = errorCodeOf(error)
  if (missingRights.has(code)) {
    const needed = error instanceof webApi.WebAPIPlatformError && 'needed' in error.data && error.data.needed
    return { is: 'refused', reason: [code, needed].filter((word) => typeof word === 'string').join(' ') }
  }
  const { kind, wait } = toDeliveryError(error)
  if (kind === 'later') return { is: 'later', wait }
  return kind === 'gone' || code === 'not_in_channel' ? { is: 'gone' } : null
}
