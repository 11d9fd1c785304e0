import type { webApi } from '@slack/bolt'
import type { Account, Conversation } from '../../chat/incoming.ts'
import { createAnswerCache } from '../answer-cache.ts'
import type { Logger } from '../logger.ts'
import {
  hastyTimeout,
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

/** Who there is in the workspace. */
interface Workspace {
  /** They read, but are nobody. */
  bots: ReadonlySet<string>
  /** Whoever can open and search every public channel; null where there are too many to be listed. */
  people: readonly string[] | null
}

/**
 * Who reads a channel or a group message: its members, and of a public channel, which everybody in the workspace can
 * open and search, all of them as well. Nobody can tell who reads a public channel that other workspaces share.
 */
export function createMembers(client: webApi.WebClient, clock: () => Date, logger: Logger): Members {
  const failed = (error: unknown) =>
    logger.warn({ err: error }, 'Slack did not tell who is in a channel; it counts as open to guests')
  const limits = { clock, most: mostGroups, patience: hastyTimeout, failed }
  const groups = createAnswerCache<readonly string[]>({
    ...limits,
    ...{ keptFor: membersKnownFor, unknownFor: membersUnknownFor },
  })
  const workspace = createAnswerCache<Workspace>({
    ...limits,
    ...{ keptFor: membersKnownFor, unknownFor: membersUnknownFor },
  })

  /**
   * The list of members does not tell bots from people, and asking for each would need hundreds of calls. Guests of the
   * workspace read only where they are members. https://docs.slack.dev/reference/methods/users.list
   */
  async function listWorkspace(): Promise<Workspace> {
    const bots = new Set(['USLACKBOT'])
    const people: string[] = []
    let cursor = ''
    for (let page = 0; page < mostUserPages; page += 1) {
      const answer = await client.users.list({ limit: membersPage, ...(cursor ? { cursor } : {}) })
      for (const { id, is_bot, deleted, is_restricted, is_ultra_restricted } of answer.members ?? []) {
        if (!id || bots.has(id)) continue
        if (is_bot) bots.add(id)
        else if (!deleted && !is_restricted && !is_ultra_restricted) people.push(id)
      }
      cursor = answer.response_metadata?.next_cursor ?? ''
      if (cursor === '') break
    }
    return { bots, people: cursor === '' && people.length <= mostMembers ? people : null }
  }

  /** https://docs.slack.dev/reference/methods/conversations.members */
  async function listMembers(channel: string): Promise<readonly string[] | null> {
    const asked = workspace.get('', listWorkspace)
    const { channel: info } = await client.conversations.info({ channel })
    const isPublic = !info?.is_private && !info?.is_mpim
    if (isPublic && (info?.is_shared || info?.is_ext_shared || info?.is_pending_ext_shared)) return null
    const members: string[] = []
    let cursor = ''
    do {
      const page = { channel, limit: membersPage, ...(cursor ? { cursor } : {}) }
      const answer = await client.conversations.members(page)
      members.push(...(answer.members ?? []))
      cursor = answer.response_metadata?.next_cursor ?? ''
    } while (cursor !== '' && members.length <= mostMembers)
    const there = await asked
    const others = isPublic ? (there?.people ?? null) : []
    if (members.length > mostMembers || others === null) return null
    // Where the bots are not known they count as guests, which shows less and never more.
    return [...new Set([...members, ...others])].filter((user) => !there?.bots.has(user))
  }

  return {
    async membersOf({ chat, installation }) {
      if (chat === '' || chat.startsWith('D')) return null
      const users = await groups.get(chat, () => listMembers(chat))
      return users?.map((user) => ({ platform: 'slack', installation, user })) ?? null
    },
  }
}
