import type { Client } from '@larksuiteoapi/node-sdk'
import type { Account, Conversation } from '../../chat/incoming.ts'
import { createAnswerCache } from '../answer-cache.ts'
import type { Logger } from '../logger.ts'
import { RefusedCall, summarise } from './errors.ts'
import {
  hastyTimeout,
  membersKnownFor,
  membersPage,
  membersUnknownFor,
  mostGroups,
  mostMembers,
} from './limits.ts'

export interface Members {
  /** As `Platform.membersOf` says. */
  membersOf(conversation: Conversation): Promise<readonly Account[] | null>
  /** Resolves when nothing is being asked. */
  idle(): Promise<void>
}

/** Who is in a group, by `im.v1.chatMembers.get`; Feishu itself leaves the bots out. */
export function createMembers({
  client,
  clock,
  logger,
}: {
  client: Pick<Client, 'im'>
  clock: () => Date
  logger: Logger
}): Members {
  const groups = createAnswerCache<readonly Account[]>({
    clock,
    keptFor: membersKnownFor,
    unknownFor: membersUnknownFor,
    most: mostGroups,
    patience: hastyTimeout,
    failed: (error) =>
      logger.warn(
        { reason: summarise(error).message },
        'Feishu did not tell who is in a group; it counts as open to guests',
      ),
  })

  /** https://open.feishu.cn/document/server-docs/group/chat-member/get */
  async function listMembers({ chat, installation }: Conversation): Promise<readonly Account[] | null> {
    const members: Account[] = []
    let token = ''
    do {
      const { code, data } = await client.im.v1.chatMembers.get({
        path: { chat_id: chat },
        params: {
          member_id_type: 'union_id',
          page_size: membersPage,
          ...(token ? { page_token: token } : {}),
        },
      })
      if (code) throw new RefusedCall(code)
      // A tenant may limit how many members are listed: the others read all the same.
      if (!data || data.trigger_security_conf_limit || (data.member_total ?? 0) > mostMembers) return null
      for (const { member_id: user, tenant_key } of data.items ?? []) {
        // Somebody who cannot be named is somebody who reads.
        if (!user) return null
        members.push({ platform: 'feishu', installation: tenant_key || installation, user })
      }
      token = data.has_more ? (data.page_token ?? '') : ''
      if (data.has_more && token === '') return null
    } while (token !== '' && members.length <= mostMembers)
    return members.length > mostMembers ? null : members
  }

  return {
    async membersOf(conversation) {
      if (!conversation.chat.startsWith('oc_')) return null
      return groups.get(conversation.chat, () => listMembers(conversation))
    },
    idle: () => groups.idle(),
  }
}
