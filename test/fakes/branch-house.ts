import type { Account, Conversation } from '../../src/chat/incoming.ts'
import { openSubmissionsContext } from '../../src/features/submissions/open-submissions.ts'
import { createSubmissions } from '../../src/features/submissions/submissions-feature.ts'
import type { ChatModel } from '../../src/model/chat-model.ts'
import type { Prompts } from '../../src/model/prompt-file.ts'
import { bindChat } from '../../src/people/chats.ts'
import type { Open } from '../store/each-database.ts'
import { platform } from './chat-people.ts'
import { layGroundOfHuabei } from './house-ground.ts'

/** The group of 一分公司. */
export const branchGroup: Conversation = { platform, installation: 't', chat: '一分公司群', thread: '' }

export interface HouseOptions {
  /** Whether the platform shows forms as pages; else they are asked step by step. Default true. */
  showsForms?: boolean
  model?: { chat: ChatModel; prompts: Prompts } | null
  /** Who is in a group. Default: nobody can tell. */
  membersOf?: (conversation: Conversation) => Promise<readonly Account[] | null>
}

/** 华北重工 with `branchGroup` bound to 一分公司, and what is sent in: what houses of other features stand on. */
export async function layGroundWithSubmissions(
  open: Open,
  { model = null, membersOf = async () => null }: HouseOptions,
) {
  const ground = await layGroundOfHuabei(open)
  await ground.store.transaction((trx) => bindChat(trx, branchGroup, ground.people.branch!))
  const shared = { ...ground.shared, membersOf, model, knowledgeDir: 'knowledge' }
  const { context: submissions } = await openSubmissionsContext(
    { ...shared, files: ground.files },
    ground.words,
    ground.logger,
  )
  const { feature, takeStatement } = createSubmissions(submissions)
  return { ground, shared, submissions, feature, takeStatement }
}
