import type { Account, Conversation } from '../../src/chat/incoming.ts'
import { openSubmissionsContext } from '../../src/features/submissions/open-submissions.ts'
import { createSubmissions } from '../../src/features/submissions/submissions-feature.ts'
import type { ChatModel } from '../../src/model/chat-model.ts'
import type { Prompts } from '../../src/model/prompt-file.ts'
import { openDuties } from '../../src/open-duties.ts'
import { bindChat } from '../../src/people/chats.ts'
import { platform } from '../fakes/chat-people.ts'
import { layGroundOfHuabei } from '../fakes/house-ground.ts'
import { startWorkers } from '../fakes/house-workers.ts'
import type { Open } from '../store/each-database.ts'

export { buttonsOf, monday } from '../fakes/chat-people.ts'

/** The group of 一分公司. */
export const branchGroup: Conversation = { platform, installation: 't', chat: '一分公司群', thread: '' }

export interface HouseOptions {
  /** Whether the platform shows forms as pages; else they are asked step by step. Default true. */
  showsForms?: boolean
  model?: { chat: ChatModel; prompts: Prompts } | null
  /** Who is in a group. Default: nobody can tell. */
  membersOf?: (conversation: Conversation) => Promise<readonly Account[] | null>
}

/**
 * A house with reminders, organisations, liaison, plans and what is sent in, its workers, and people whose account is
 * their name; time stands where it is put. The group `branchGroup` is bound to 一分公司.
 */
export async function openDutiesHouse(
  open: Open,
  { showsForms = true, model = null, membersOf = async () => null }: HouseOptions = {},
) {
  const ground = await layGroundOfHuabei(open)
  const { store, people } = ground
  await store.transaction((trx) => bindChat(trx, branchGroup, people.branch!))
  const shared = { ...ground.shared, membersOf, model, knowledgeDir: 'knowledge' }
  const { context: submissionsContext } = await openSubmissionsContext(
    { ...shared, files: ground.files },
    ground.words,
    ground.logger,
  )
  const { feature, takeStatement } = createSubmissions(submissionsContext)
  const duties = openDuties({ ...shared, submissions: submissionsContext })
  const { shownTo: cardsOf, ...workers } = startWorkers(ground, {
    ...{ features: [feature, ...duties.features], takeStatement, showsForms },
  })
  return { ...ground, ...workers, duties, submissionsContext, cardsOf }
}

export type DutiesHouse = Awaited<ReturnType<typeof openDutiesHouse>>
