import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { addDeskPages, cardPage, makingPage, unmade } from '../desk-pages.ts'
import { historyPanel } from '../history-panel.ts'
import { createPageDesk, type Pressed } from '../page-desk.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'
import { carrierSay } from './carrier-say.ts'

const section = '/console/carriers'

/** A carrier with what may be done about it, as its card in chat has it, and below it how it was handled. */
export function addCarrierPageRoutes(routes: ConsoleRoutes): void {
  const { options, get } = routes
  const { store, events, pressing } = options
  const wakeWorkers = () => events.wakeWorkers()
  const desk = createPageDesk({ store, ...pressing, wakeWorkers }, ['carriers'])

  get('/carriers/new', async (visit) => {
    needs(visit, 'carrier.edit')
    return shown(visit, unmade, await desk.press(visit, { action: 'carriers.enter', value: {} }))
  })

  get('/carriers/:id', async (visit) => carrierPage(visit, idIn(visit, 'id'), null))

  addDeskPages(routes, { folder: '/carriers', desk, show: shown })

  async function shown(visit: Visit, id: string, pressed: Pressed): Promise<Response> {
    if (id !== unmade) return carrierPage(visit, id, pressed)
    needs(visit, 'carrier.edit')
    const say = carrierSay(visit)
    return makingPage(visit, { section, list: say('title'), title: say('enter'), pressed })
  }

  async function carrierPage(visit: Visit, id: string, pressed: Pressed | null): Promise<Response> {
    needs(visit, 'carrier.view')
    const say = carrierSay(visit)
    return cardPage(visit, {
      ...{ section, list: say('title'), desk, address: `${section}/${id}`, pressed, acted: say('acted') },
      button: { action: 'carriers.show', value: { carrier: id } },
      below: () => historyOf(visit, store.db, id),
    })
  }
}

async function historyOf(visit: Visit, db: Reads, carrier: string): Promise<Html> {
  const say = carrierSay(visit)
  const rows = await db
    .selectFrom('carrier_history')
    .leftJoin('person', 'person.id', 'carrier_history.by')
    .select(['carrier_history.what', 'carrier_history.data', 'carrier_history.at', 'person.name'])
    .where('carrier', '=', carrier)
    .orderBy('at', 'desc')
    .orderBy('carrier_history.id')
    .limit(200)
    .execute()
  const lines = rows.map(({ what, data, at, name }) =>
    say('did', {
      what: say(`what.${what}`, JSON.parse(data) as Record<string, string>),
      ...{ name: name ?? say('by-machine'), at: minuteInChina(new Date(at)) },
    }),
  )
  return historyPanel(say('history'), lines)
}
