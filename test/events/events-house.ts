import { type Button, type CalendarEntry, type Card, type FileBlock, fileOf } from '../../src/chat/card.ts'
import { accountKey } from '../../src/chat/keys.ts'
import { createCarriersFeature } from '../../src/features/carriers/carriers-feature.ts'
import { keepListed } from '../../src/features/events/lists/keep-listed.ts'
import { createEvent, type EventDraft } from '../../src/features/events/making/keep-event.ts'
import { openEvents } from '../../src/features/events/open-events.ts'
import type { Event } from '../../src/features/events/records.ts'
import { openResources } from '../../src/features/resources/open-resources.ts'
import { accountOf, buttonsOf } from '../fakes/chat-people.ts'
import { layGroundOfHuabei } from '../fakes/house-ground.ts'
import { startWorkers } from '../fakes/house-workers.ts'
import type { Open } from '../store/each-database.ts'
import { lecture } from './event-drafts.ts'

export { accountOf, buttonsOf } from '../fakes/chat-people.ts'

export interface HouseOptions {
  /** Where the kinds are. Default: those of the product. */
  folder?: string
  /** Whether the platform shows forms as pages; else they are asked step by step. Default true. */
  showsForms?: boolean
}

/** A house with events, resources and carriers, its workers, and people whose account is their name; time stands where it is put. */
export async function openEventsHouse(
  open: Open,
  { folder = 'knowledge/events', showsForms = true }: HouseOptions = {},
) {
  const ground = await layGroundOfHuabei(open, { keepsCalendar: true })
  const { store, time, people, fake, shared, logger } = ground
  const { context, settler, feature } = await openEvents(shared, folder, logger)
  const resources = openResources(shared, 'knowledge', ground.words, logger)
  const { shownTo, ...workers } = startWorkers(ground, {
    features: [feature, resources.feature, createCarriersFeature(shared)],
    takeStatement: resources.takeAfter(async (turn) => turn),
    showsForms,
    before: () => settler.idle(),
    after: () => settler.idle(),
  })
  return {
    ...{ ...ground, ...workers, feature, context, settler, resources },

    /** Makes an event of the whole house and publishes it. */
    async event(changed: Partial<EventDraft> = {}): Promise<Event> {
      const { group, 吴主席: by = '' } = people
      return store.transaction(async (trx) => {
        const event = await createEvent(trx, lecture(group, changed), { by, now: time.now })
        await keepListed(trx, context, event)
        const published = { state: 'published' as const }
        await trx.updateTable('event_entry').set(published).where('id', '=', event.row.id).execute()
        return { ...event, row: { ...event.row, ...published } }
      })
    },

    /** Cards as an account sees them, wherever it is written to, first to last. */
    cardsOf(user: string): Card[] {
      return shownTo(user).filter((card) => !fileOf(card))
    },

    /** Files that were sent to an account, each as a message of its own, first to last. */
    filesOf(user: string): FileBlock[] {
      return shownTo(user).flatMap((card) => {
        const file = fileOf(card)
        return file?.type === 'file' ? [file] : []
      })
    },

    /** The calendar of an account, with what was taken out of it, in the order in which it was put in. */
    calendarOf(user: string): CalendarEntry[] {
      const own = fake.made.filter(
        ({ operation: { name, to } }) =>
          name === 'send' && to.type === 'calendar' && accountKey(to.account) === accountKey(accountOf(user)),
      )
      return own.map(({ message }) => fake.shown.get(message)!.entry!)
    },
  }
}

export type EventsHouse = Awaited<ReturnType<typeof openEventsHouse>>

/** The button of a card with this label; throws where there is none. */
export function buttonOf(card: Card | undefined, label: string): Button {
  const found = card && buttonsOf(card).find((button) => button.label === label)
  if (!found) throw new Error(`no button ${label} on ${JSON.stringify(card)}`)
  return found
}
