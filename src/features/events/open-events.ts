import type { Feature } from '../../conversation/feature.ts'
import type { LoopLogger } from '../../workers/loop.ts'
import type { EventsContext } from './context.ts'
import { createEvents } from './events-feature.ts'
import { openEventKinds } from './making/kinds.ts'
import { forgetPresses } from './presses/forget-presses.ts'
import { createSettler, type Settler } from './presses/settler.ts'

/** The feature with its worker. @param folder of the kinds. */
export async function openEvents(
  given: Omit<EventsContext, 'kinds'>,
  folder: string,
  logger: LoopLogger,
): Promise<{
  context: EventsContext
  settler: Settler
  feature: Feature
  forgetPresses: typeof forgetPresses
}> {
  const refused = (file: string, reason: string) =>
    logger.error({ file, reason }, 'a kind of events cannot be taken up')
  const context = { ...given, kinds: await openEventKinds({ folder, refused }) }
  const settler = createSettler(context, logger)
  return { context, settler, forgetPresses, ...createEvents(context, settler) }
}
