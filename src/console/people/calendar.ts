import { randomUUID } from 'node:crypto'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { placesOfPerson } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { yearOf } from '../../timers/calendar/day.ts'
import { endLeave, enterLeave, type Leave, listLeave } from '../../timers/calendar/leave.ts'
import {
  ownDaysOf,
  ownHoursOf,
  removeOwnDay,
  setOwnDay,
  setWorkingHours,
} from '../../timers/calendar/own-days.ts'
import { readWorkCalendar } from '../../timers/calendar/work-calendar.ts'
import { formatWorkingHours } from '../../timers/calendar/working-hours.ts'
import { overviewOf } from '../../timers/calendar/year-overview.ts'
import type { Fields } from '../form-fields.ts'
import { consolePage } from '../frame.ts'
import { findPeople, type VisibleOrganisation, visibleOrganisations } from '../members.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs, type Visit } from '../visit.ts'
import { calendarBody } from './calendar-page.ts'

const section = '/console/calendar'

/** Days off and working hours of an organisation, and who is on leave. */
export function addCalendarRoutes({ options: { store }, get, post }: ConsoleRoutes): void {
  get('/calendar', async (visit) => {
    needs(visit, 'calendar.view')
    const { context, today, actor, language } = visit
    const organisations = await organisationsOf(visit)
    const wanted = context.req.query('organisation')
    const chosen = wanted === undefined ? organisations[0] : organisations.find(({ id }) => id === wanted)
    if (!chosen) throw new PlainError('console:no-such-record')
    const year = readYear(context.req.query('year'), yearOf(today))
    const calendar = await readWorkCalendar(store.db, { organisation: chosen.id, person: null }, today)
    const title = translate(language, 'calendar:console.title')
    const body = calendarBody(visit, {
      organisations,
      chosen,
      overview: overviewOf(calendar.tables, year),
      hours: formatWorkingHours(calendar.hours),
      zone: calendar.zone,
      hasOwnHours: (await ownHoursOf(store.db, chosen.id)) !== null,
      ownDays: await ownDaysOf(store.db, chosen.id, year),
      leave: await leaveInReach(visit),
      mayEdit: can(actor, 'calendar.edit', chosen.place),
      done: context.req.query('done') !== undefined,
    })
    return consolePage(visit, { title, body, section })
  })

  post('/calendar/hours', async (visit, fields) => {
    const organisation = await editable(visit, fields)
    const hours = fields.text('inherit') === 'yes' ? null : fields.text('hours')
    await store.transaction((trx) => setWorkingHours(trx, organisation.id, hours))
    return back(visit, fields)
  })

  post('/calendar/days', async (visit, fields) => {
    const organisation = await editable(visit, fields)
    const kind = fields.choice('kind', ['off', 'work', 'clear'])
    const day = fields.day('day')
    if (day === null) throw new PlainError('calendar:day.invalid', { text: '' })
    const working = kind === 'work'
    const called = translate(visit.language, working ? 'calendar:day.name-work' : 'calendar:day.name-off')
    await store.transaction((trx) =>
      kind === 'clear'
        ? removeOwnDay(trx, organisation.id, day)
        : setOwnDay(trx, organisation.id, { day, working, name: fields.text('name') || called }),
    )
    return back(visit, fields)
  })

  post('/calendar/leave', async (visit, fields) => {
    needs(visit, 'calendar.edit')
    const { actor, today, now, who } = visit
    const name = fields.text('name')
    const found = name === '' ? [] : await findPeople(store.db, actor, name.slice(0, 60), today)
    const named = found.filter((one) => one.name === name)
    if (named.length === 0) throw new PlainError('people:person.unknown', { name })
    if (named.length > 1) {
      const ids = named.map(({ id }) => id).join('\n')
      throw new PlainError('people:person.ambiguous', { name, ids })
    }
    const person = named[0]!.id
    await needsEditOf(visit, person)
    const first = fields.day('first')
    const last = fields.day('last') ?? first
    if (first === null || last === null) throw new PlainError('calendar:day.invalid', { text: '' })
    if (last < today) throw new PlainError('calendar:leave.past')
    const given = { id: randomUUID(), person, first, last, note: fields.text('note'), by: who.id }
    await store.transaction((trx) => enterLeave(trx, given, now))
    return back(visit, fields)
  })

  post('/calendar/leave/end', async (visit, fields) => {
    needs(visit, 'calendar.edit')
    const leave = (await listLeave(store.db, visit.today)).find(({ id }) => id === fields.text('leave'))
    if (!leave) throw new PlainError('calendar:leave.gone')
    await needsEditOf(visit, leave.person)
    await store.transaction((trx) => endLeave(trx, leave.id, visit.today))
    return back(visit, fields)
  })

  async function organisationsOf({ actor }: Visit): Promise<VisibleOrganisation[]> {
    const visible = await visibleOrganisations(store.db, actor)
    return visible.filter(({ place }) => can(actor, 'calendar.view', place))
  }

  async function editable(visit: Visit, fields: Fields): Promise<VisibleOrganisation> {
    const found = (await organisationsOf(visit)).find(({ id }) => id === fields.text('organisation'))
    if (!found) throw new PlainError('console:no-such-record')
    if (!can(visit.actor, 'calendar.edit', found.place)) throw new PlainError('console:not-allowed')
    return found
  }

  async function needsEditOf({ actor, today }: Visit, person: string): Promise<void> {
    const places = await placesOfPerson(store.db, person, today)
    if (!can(actor, 'calendar.edit', places)) throw new PlainError('console:not-allowed')
  }

  /** Of people of whom the visitor may see it in each of their organisations. */
  async function leaveInReach({
    actor,
    today,
  }: Visit): Promise<(Leave & { name: string; mayEnd: boolean })[]> {
    const shown: (Leave & { name: string; mayEnd: boolean })[] = []
    for (const leave of await listLeave(store.db, today)) {
      const places = await placesOfPerson(store.db, leave.person, today)
      if (!can(actor, 'calendar.view', places)) continue
      shown.push({ ...leave, mayEnd: can(actor, 'calendar.edit', places) })
    }
    return shown
  }
}

function readYear(text: string | undefined, present: number): number {
  const year = Number(text)
  return text !== undefined && Number.isInteger(year) && year >= 1950 && year < 2200 ? year : present
}

/** The page that the form stood on. */
function back({ context, today }: Visit, fields: Fields): Response {
  const query = new URLSearchParams({
    year: String(readYear(fields.text('year'), yearOf(today))),
    organisation: fields.text('organisation'),
    done: '1',
  })
  return context.redirect(`${section}?${query}`, 303)
}
