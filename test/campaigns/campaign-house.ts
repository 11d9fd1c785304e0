import { createEventWorker } from '../../src/events/event-worker.ts'
import { openEvents } from '../../src/features/events/open-events.ts'
import { openCampaigns } from '../../src/open-campaigns.ts'
import { openDuties } from '../../src/open-duties.ts'
import { type HouseOptions, layGroundWithSubmissions } from '../fakes/branch-house.ts'
import { startWorkers } from '../fakes/house-workers.ts'
import { othersThan } from '../fakes/other-subscribers.ts'
import type { Open } from '../store/each-database.ts'

export { branchGroup, type HouseOptions } from '../fakes/branch-house.ts'
export { buttonsOf, monday } from '../fakes/chat-people.ts'

/**
 * A house with campaigns, what is sent to many and answered, reminders, and what is sent in, its workers, and people whose
 * account is their name; time stands where it is put. The group `branchGroup` is bound to 一分公司. Events and their
 * registration are there where `hasEvents` asks for them.
 */
export async function openCampaignHouse(
  open: Open,
  { hasEvents = false, ...options }: HouseOptions & { hasEvents?: boolean } = {},
) {
  const { ground, shared, submissions, feature, takeStatement } = await layGroundWithSubmissions(
    open,
    options,
  )
  const { store } = ground
  const duties = openDuties({ ...shared, submissions })
  const campaigns = openCampaigns({ ...shared, submissions, reminders: duties.reminders })
  const events = hasEvents ? await openEvents(shared, 'knowledge/events', ground.logger) : null
  const features = [feature, ...duties.features, ...campaigns.features, ...(events ? [events.feature] : [])]
  const domainEvents = createEventWorker({
    ...{ store, logger: ground.logger, wakeDelivery() {} },
    features: [...features, ...othersThan(...features.map(({ name }) => name))],
  })
  const handleEvents = async () => {
    while (await domainEvents.round());
  }
  const { shownTo: cardsOf, ...workers } = startWorkers(ground, {
    ...{ features, takeStatement, showsForms: options.showsForms ?? true },
    before: async () => void (await Promise.all([handleEvents(), events?.settler.idle()])),
    after: async () => void (await Promise.all([handleEvents(), events?.settler.idle()])),
  })
  return { ...ground, ...workers, duties, campaigns, submissions, cardsOf, events }
}

export type CampaignHouse = Awaited<ReturnType<typeof openCampaignHouse>>
