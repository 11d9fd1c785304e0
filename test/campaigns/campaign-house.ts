import { createEventWorker } from '../../src/events/event-worker.ts'
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
 * account is their name; time stands where it is put. The group `branchGroup` is bound to 一分公司.
 */
export async function openCampaignHouse(open: Open, options: HouseOptions = {}) {
  const { ground, shared, submissions, feature, takeStatement } = await layGroundWithSubmissions(
    open,
    options,
  )
  const { store } = ground
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
    ...{ features, takeStatement, showsForms: options.showsForms ?? true },
    before: handleEvents,
    after: handleEvents,
  })
  return { ...ground, ...workers, duties, campaigns, submissions, cardsOf }
}

export type CampaignHouse = Awaited<ReturnType<typeof openCampaignHouse>>
