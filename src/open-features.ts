import { join } from 'node:path'
import type { Feature } from './conversation/feature.ts'
import { createCarriersFeature } from './features/carriers/carriers-feature.ts'
import { openEvents } from './features/events/open-events.ts'
import type { PushesContext } from './features/pushes/context.ts'
import { createPushWorker } from './features/pushes/push-worker.ts'
import { createPushes } from './features/pushes/pushes-feature.ts'
import { openResources } from './features/resources/open-resources.ts'
import { type Campaigns, openCampaigns } from './open-campaigns.ts'
import { type Duties, openDuties } from './open-duties.ts'
import { openDutyTables } from './open-duty-tables.ts'
import { openTables } from './open-tables.ts'
import type { Loop } from './workers/loop.ts'

type Shared = Parameters<typeof openEvents>[0] &
  Parameters<typeof openResources>[0] &
  Parameters<typeof createCarriersFeature>[0] &
  Parameters<typeof openDuties>[0] &
  Omit<Parameters<typeof openCampaigns>[0], 'reminders'> &
  Pick<PushesContext, 'onlineTables'>

type Index = Parameters<typeof openResources>[2]

/** The features that stand on what is sent in, wired. */
export interface OpenFeatures {
  features: readonly Feature[]
  events: Awaited<ReturnType<typeof openEvents>>
  resources: ReturnType<typeof openResources>
  duties: Duties
  campaigns: Campaigns
  pushing: PushesContext
  /** What works beside the timers: seats of events, tables that are pushed. */
  loops: Loop
}

/** Opens events, resources, carriers, duties and campaigns, each with its data out of the knowledge folder. */
export async function openFeatures(
  shared: Shared,
  { index, logger }: { index: Index; logger: Parameters<typeof openEvents>[2] },
): Promise<OpenFeatures> {
  const events = await openEvents(shared, join(shared.knowledgeDir, 'events'), logger)
  const resources = openResources(shared, shared.knowledgeDir, index, logger)
  const carriers = createCarriersFeature(shared, join(shared.knowledgeDir, 'carriers.yaml'))
  const duties = openDuties(shared)
  const campaigns = openCampaigns({ ...shared, reminders: duties.reminders })
  const tables = [
    ...openTables({ ...shared, events: events.context, campaigns }),
    ...openDutyTables({ ...resources.context, knowledgeDir: shared.knowledgeDir }),
  ]
  const pushing = { ...shared, tables }
  const pushes = createPushWorker(pushing, logger)
  const others = [carriers, ...duties.features, ...campaigns.features, createPushes(pushing)]
  const features = [events.feature, resources.feature, ...others]
  const loops = together(events.settler, pushes)
  return { features, events, resources, duties, campaigns, pushing, loops }
}

/** Several loops as one. */
function together(...loops: readonly Loop[]): Loop {
  return {
    start() {
      for (const loop of loops) loop.start()
    },
    wake() {
      for (const loop of loops) loop.wake()
    },
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}
