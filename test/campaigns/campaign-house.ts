import type { Account, Conversation } from '../../src/chat/incoming.ts'
import { createEventWorker } from '../../src/events/event-worker.ts'
import { openSubmissionsContext } from '../../src/features/submissions/open-submissions.ts'
import { createSubmissions } from '../../src/features/submissions/submissions-feature.ts'
import type { ChatModel } from '../../src/model/chat-model.ts'
import type { Prompts } from '../../src/model/prompt-file.ts'
import { openCampaigns } from '../../src/open-campaigns.ts'
import { openDuties } from '../../src/open-duties.ts'
import { bindChat } from '../../src/people/chats.ts'
import { platform } from '../fakes/chat-people.ts'
import { layGroundOfHuabei } from '../fakes/house-ground.ts'
import { startWorkers } from '../fakes/house-workers.ts'
import { othersThan } from '../fakes/other-subscribers.ts'
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
 * A house with campaigns, what is sent to many and answered, reminders, and what is sent in, its workers, and people whose
 * account is their name; time stands where it is put. The group `branchGroup` is bound to 一分公司.
 */
export async function openCampaignHouse(
  open: Open,
  { showsForms = true, model = null, membersOf = async () => null }: HouseOptions = {},
) {
  const ground = await layGroundOfHuabei(open)
  const { store, people } = ground
  await store.transaction((trx) => bindChat(trx, branchGroup, people.branch!))
  const shared = { ...ground.shared, membersOf, model, knowledgeDir: 'knowledge' }
  const { context: submissions } = await openSubmissionsContext(
    { ...shared, files: ground.files },
    ground.words,
    ground.logger,
  )
  const { feature, takeStatement } = createSubmissions(submissions)
  const duties = openDuties({ ...shared, submissions })
  const campaigns = openCampaigns({ ...shared, submissions, reminders: duties.reminders })
  const features = [feature, ...duties.features, ...campaigns.features]
  const domainEvents = createEventWorker({
    ...{ store, logger: ground.logger, wakeDelivery() {} },
    features: [...features, ...othersThan(...features.map(({ name }) => name))],
  })
  const handleEvents = async () => {
    while (await domainEvents.round());
  }
  const { shownTo: cardsOf, ...workers } = startWorkers(ground, {
    ...{ features, takeStatement, showsForms },
    before: handleEvents,
    after: handleEvents,
  })
  return { ...ground, ...workers, duties, campaigns, submissions, cardsOf }
}

export type CampaignHouse = Awaited<ReturnType<typeof openCampaignHouse>>
