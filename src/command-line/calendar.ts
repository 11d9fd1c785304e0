import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Language } from '../chat/language.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import { findOrganisation } from '../people/organisations.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import type { Store } from '../store/store.ts'
import { type Day, dayIn, yearOf } from '../timers/calendar/day.ts'
import { importLeave } from '../timers/calendar/import-leave.ts'
import { removeOwnDay, setOwnDay, setWorkingHours } from '../timers/calendar/own-days.ts'
import { parseDay } from '../timers/calendar/parse-day.ts'
import { kindOfDay, readWorkCalendar, readYearTables } from '../timers/calendar/work-calendar.ts'
import {
  lastWorkingDayOfMonth,
  lastWorkingDayOfQuarter,
  nextWorkingDay,
  workingDayBefore,
} from '../timers/calendar/working-days.ts'
import { defaultZone, formatWorkingHours } from '../timers/calendar/working-hours.ts'
import { overviewOf } from '../timers/calendar/year-overview.ts'
import { yearCard } from './calendar-cards.ts'
import { importCard } from './people-cards.ts'

/** What a `calendar` command works with. The data files of the calendar have been taken up before. */
export interface CalendarHouse {
  store: Store
  language: Language
  now(): Date
  /** Writes one block of lines for the person at the terminal. */
  print(text: string): void
}

/** Opens the house, runs the task, closes it; shows what is thrown as a message, with exit code 1. */
export type RunWithCalendar = (task: (house: CalendarHouse) => Promise<void>) => Promise<void>

/** Adds `calendar show|hours|day|is|leave` to the program; `language` is that of the help texts. */
export function addCalendarCommands(program: Command, language: Language, run: RunWithCalendar): void {
  const calendar = program
    .command('calendar')
    .description(translate(language, 'calendar:command.help.calendar'))
  calendar
    .command('show [year]')
    .description(translate(language, 'calendar:command.help.show'))
    .action((year?: string) => run((house) => show(house, year)))
  calendar
    .command('hours <organisation> [hours]')
    .description(translate(language, 'calendar:command.help.hours'))
    .option('--zone <zone>', translate(language, 'calendar:command.help.zone'))
    .action((organisation: string, hours: string | undefined, options: { zone?: string }) =>
      run((house) => setHours(house, organisation, hours, options.zone)),
    )
  calendar
    .command('day <organisation> <day> <kind> [name]')
    .description(translate(language, 'calendar:command.help.day'))
    .action((organisation: string, day: string, kind: string, name?: string) =>
      run((house) => setDay(house, organisation, day, { kind, name })),
    )
  calendar
    .command('is <day>')
    .description(translate(language, 'calendar:command.help.is'))
    .option('--organisation <organisation>', translate(language, 'calendar:command.help.organisation'))
    .action((day: string, options: { organisation?: string }) =>
      run((house) => is(house, day, options.organisation)),
    )
  calendar
    .command('leave <file>')
    .description(translate(language, 'calendar:command.help.leave'))
    .action((file: string) => run((house) => importFile(house, file)))
}

async function show({ store, language, now, print }: CalendarHouse, given?: string): Promise<void> {
  const year = given === undefined ? yearOf(today(now)) : Number(given)
  if (!(Number.isInteger(year) && year >= 1950 && year < 2200)) {
    throw new PlainError('calendar:year.invalid', { text: given ?? '' })
  }
  const overview = overviewOf(await readYearTables(store.db), year)
  print(cardToText(yearCard(overview, language), { buttons: 'none' }))
}

async function setHours(
  { store, language, now, print }: CalendarHouse,
  given: string,
  hours: string | undefined,
  zone: string | undefined,
): Promise<void> {
  const { organisation, calendar } = await store.transaction(async (trx) => {
    const found = await findOrganisation(trx, given)
    if (hours !== undefined) await setWorkingHours(trx, found.id, hours === 'inherit' ? null : hours, zone)
    const scope = { organisation: found.id, person: null }
    return { organisation: found, calendar: await readWorkCalendar(trx, scope, today(now)) }
  })
  const values = {
    organisation: organisation.path,
    hours: formatWorkingHours(calendar.hours),
    zone: calendar.zone,
  }
  print(translate(language, 'calendar:command.hours-of', values))
}

async function setDay(
  { store, language, now, print }: CalendarHouse,
  given: string,
  text: string,
  { kind, name }: { kind: string; name: string | undefined },
): Promise<void> {
  const day = readDay(text, now)
  if (kind !== 'off' && kind !== 'work' && kind !== 'clear') {
    throw new PlainError('calendar:command.day-kind')
  }
  const working = kind === 'work'
  const called = name ?? translate(language, working ? 'calendar:day.name-work' : 'calendar:day.name-off')
  const { path } = await store.transaction(async (trx) => {
    const organisation = await findOrganisation(trx, given)
    if (kind === 'clear') await removeOwnDay(trx, organisation.id, day)
    else await setOwnDay(trx, organisation.id, { day, working, name: called })
    return organisation
  })
  const values = { organisation: path, day, kind: kindName(working, language), name: called }
  print(
    kind === 'clear'
      ? translate(language, 'calendar:command.day-cleared', { organisation: path, day })
      : translate(language, 'calendar:command.day-set', values),
  )
}

async function is(
  { store, language, now, print }: CalendarHouse,
  text: string,
  given: string | undefined,
): Promise<void> {
  const day = readDay(text, now)
  const organisation = given === undefined ? null : (await findOrganisation(store.db, given)).id
  const calendar = await readWorkCalendar(store.db, { organisation, person: null }, day)
  const { working, provisional, name } = kindOfDay(calendar, day)
  const values = { day, kind: kindName(working, language), name: name === '' ? '' : ` · ${name}` }
  print(translate(language, 'calendar:command.is', values))
  if (provisional) print(translate(language, 'calendar:command.is-provisional'))
  const near = {
    before: workingDayBefore(calendar, day).day,
    after: nextWorkingDay(calendar, day).day,
    month: lastWorkingDayOfMonth(calendar, day).day,
    quarter: lastWorkingDayOfQuarter(calendar, day).day,
  }
  print(translate(language, 'calendar:command.near', near))
}

async function importFile({ store, language, now, print }: CalendarHouse, file: string): Promise<void> {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await readFile(file))
  } catch (error) {
    throw new PlainError('calendar:command.unreadable', { file }, { cause: error })
  }
  const report = await importLeave(store, bytes, now(), null)
  print(cardToText(importCard(report, language), { buttons: 'none' }))
}

function kindName(working: boolean, language: Language): string {
  return translate(language, working ? 'calendar:day.working' : 'calendar:day.off')
}

function today(now: () => Date): Day {
  return dayIn(defaultZone, now())
}

function readDay(text: string, now: () => Date): Day {
  const day = parseDay(text, today(now))
  if (day === null) throw new PlainError('calendar:day.invalid', { text: text.slice(0, 40) })
  return day
}
