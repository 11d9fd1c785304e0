import { openDuties } from '../../src/open-duties.ts'
import { type HouseOptions, layGroundWithSubmissions } from '../fakes/branch-house.ts'
import { startWorkers } from '../fakes/house-workers.ts'
import type { Open } from '../store/each-database.ts'

export { branchGroup } from '../fakes/branch-house.ts'
export { buttonsOf, monday } from '../fakes/chat-people.ts'

/**
 * A house with reminders, organisations, liaison, plans and what is sent in, its workers, and people whose account is
 * their name; time stands where it is put. The group `branchGroup` is bound to 一分公司.
 */
export async function openDutiesHouse(open: Open, options: HouseOptions = {}) {
  const { ground, shared, submissions, feature, takeStatement } = await layGroundWithSubmissions(
    open,
    options,
  )
  const duties = openDuties({ ...shared, submissions })
  const { shownTo: cardsOf, ...workers } = startWorkers(ground, {
    ...{ features: [feature, ...duties.features], takeStatement, showsForms: options.showsForms ?? true },
  })
  return { ...ground, ...workers, duties, submissionsContext: submissions, cardsOf }
}

export type DutiesHouse = Awaited<ReturnType<typeof openDutiesHouse>>
