import type { webApi } from '@slack/bolt'
import type { Account, Conversation } from '../../chat/incoming.ts'
import { createAnswerCache } from '../answer-cache.ts'
import type { Logger } from '../logger.ts'
import {
  hastyTimeout,
  knownFor,
  membersKnownFor,
  membersPage,
  membersUnknownFor,
  mostGroups,
  mostMembers,
  mostUserPages,
} from './limits.ts'

export interface Members {
  /** As `Platform.membersOf` says. */
  membersOf(conversation: Conversation): Promise<readonly Account[] | null>
}

/**
 * Who reads a private channel or a group message. A public channel has no members in that sense: everybody in the
 * workspace can open and search it, so nobody can tell who reads there.
 */
export function createMembers(client: webApi.WebClient, clock: () => Date, logger: Logger): Members {
  const failed = (error: unknown) =>
    logger.warn({ err: error }, 'Slack did not tell who is in a channel; it counts as open to guests')
  const limits = { clock, most: mostGroups, patience: hastyTimeout, failed }
  const groups = createAnswerCache<readonly string[]>({
    ...limits,
    ...{ keptFor: membersKnownFor, unknownFor: membersUnknownFor },
  })
  const workspace = createAnswerCache<ReadonlySet<string>>({
    ...limits,
    ...{ keptFor: knownFor, unknownFor: membersUnknownFor },
  })

  /**
   * The bots of the workspace, which read but are nobody. The list of members does not tell them from people, and
   * asking for each would need hundreds of calls. https://docs.slack.dev/reference/methods/users.list
   */
  async function listBots(): Promise<ReadonlySet<string>> {
    const bots = new Set(['USLACKBOT'])
    let cursor = ''
    for (let page = 0; page < mostUserPages; page += 1) {
      const answer = await client.users.list({ limit: membersPage, ...(cursor ? { cursor } : {}) })
      for (const { id, is_bot } of answer.members ?? []) if (id && is_bot) bots.add(id)
      cursor = answer.response_metadata?.next_cursor ?? ''
      if (cursor === '') break
    }
    return bots
  }

  /** https://docs.slack.dev/reference/methods/conversations.members */
  async function listMembers(channel: string): Promise<readonly string[] | null> {
    const asked = workspace.get('bots', listBots)
    const { channel: info } = await client.conversations.info({ channel })
    if (!info?.is_private && !info?.is_mpim) return null
    const members: string[] = []
    let cursor = ''
    do {
      const page = { channel, limit: membersPage, ...(cursor ? { cursor } : {}) }
      const answer = await client.conversations.members(page)
      members.push(...(answer.members ?? []))
      cursor = answer.response_metadata?.next_cursor ?? ''
    } while (cursor !== '' && members.length <= mostMembers)
    // Where the bots are not known they count as guests, which shows less and never more.
    const bots = (await asked) ?? new Set()
    return members.length > mostMembers ? null : members.filter((user) => !bots.has(user))
  }

  return {
    async membersOf({ chat, installation }) {
      if (chat === '' || chat.startsWith('D')) return null
      const users = await groups.get(chat, () => listMembers(chat))
      return users?.map((user) => ({ platform: 'slack', installation, user })) ?? null
    },
  }
}
