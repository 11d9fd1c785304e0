import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Language } from '../chat/language.ts'
import { dayInChina } from '../knowledge/library/day.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import { bindChat } from '../people/chats.ts'
import { peopleTemplate } from '../people/import/template.ts'
import { importPeople } from '../people/import-people.ts'
import { createLink } from '../people/links.ts'
import { findOrganisation, moveOrganisation } from '../people/organisations.ts'
import { findPerson } from '../people/people.ts'
import { readRoster } from '../people/roster.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import type { Store } from '../store/store.ts'
import { importCard, rosterCard } from './people-cards.ts'

/** What a `people` command works with. */
export interface PeopleHouse {
  store: Store
  /** Where people reach the web chat, without a slash at the end. */
  address: string
  language: Language
  now(): Date
  /** Writes one block of lines for the person at the terminal. */
  print(text: string): void
}

/** Opens the house, runs the task, closes it; shows what is thrown as a message, with exit code 1. */
export type RunWithPeople = (task: (house: PeopleHouse) => Promise<void>) => Promise<void>

/** How long an invitation holds. */
const inviteDays = 7

/** Adds `people import|list|invite|template|move|bind` to the program; `language` is that of the help texts. */
export function addPeopleCommands(program: Command, language: Language, run: RunWithPeople): void {
  const help = (key: string) => translate(language, `people:command.help.${key}`)
  const people = program.command('people').description(help('people'))
  people
    .command('import <file>')
    .description(help('import'))
    .action((file: string) => run((house) => importFile(house, file)))
  people
    .command('list [organisation]')
    .description(help('list'))
    .action((organisation?: string) => run((house) => list(house, organisation)))
  people
    .command('invite <person>')
    .description(help('invite'))
    .action((person: string) => run((house) => invite(house, person)))
  people
    .command('template <file>')
    .description(help('template'))
    .action((file: string) => run((house) => writeTemplate(house, file)))
  people
    .command('move <organisation> [parent]')
    .description(help('move'))
    .action((organisation: string, parent?: string) => run((house) => move(house, organisation, parent)))
  people
    .command('bind <platform> <installation> <chat> <organisation>')
    .description(help('bind'))
    .action((platform: string, installation: string, chat: string, organisation: string) =>
      run((house) => bind(house, { platform, installation, chat }, organisation)),
    )
}

async function importFile({ store, language, now, print }: PeopleHouse, file: string): Promise<void> {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await readFile(file))
  } catch (error) {
    throw new PlainError('people:command.unreadable', { file }, { cause: error })
  }
  const report = await importPeople(store, bytes, now())
  print(cardToText(importCard(report, language), { buttons: 'none' }))
}

async function list({ store, language, now, print }: PeopleHouse, organisation?: string): Promise<void> {
  const roster = await store.snapshot((trx) => readRoster(trx, dayInChina(now()), organisation))
  print(cardToText(rosterCard(roster, language), { buttons: 'none' }))
}

async function invite({ store, address, language, now, print }: PeopleHouse, given: string): Promise<void> {
  const { name, token } = await store.transaction(async (trx) => {
    const person = await findPerson(trx, given)
    const validFor = inviteDays * 24 * 3_600_000
    const request = { person: person.id, purpose: 'sign-in' as const, validFor, now: now() }
    return { name: person.name, token: await createLink(trx, request) }
  })
  const link = `${address}/sign-in/${token}`
  print(translate(language, 'people:command.invited', { name, days: inviteDays, link }))
}

async function writeTemplate({ language, print }: PeopleHouse, file: string): Promise<void> {
  try {
    // Never over a file that somebody may have filled in.
    await writeFile(file, peopleTemplate(), { flag: 'wx' })
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    const key = exists ? 'people:command.exists' : 'people:command.unwritable'
    throw new PlainError(key, { file }, { cause: error })
  }
  print(translate(language, 'people:command.template-written', { file }))
}

async function move({ store, language, print }: PeopleHouse, given: string, under?: string): Promise<void> {
  const path = await store.transaction(async (trx) => {
    const { id } = await findOrganisation(trx, given)
    await moveOrganisation(trx, id, under === undefined ? null : (await findOrganisation(trx, under)).id)
    return (await findOrganisation(trx, id)).path
  })
  print(translate(language, 'people:command.moved', { path }))
}

async function bind(
  { store, language, print }: PeopleHouse,
  chat: { platform: string; installation: string; chat: string },
  given: string,
): Promise<void> {
  const path = await store.transaction(async (trx) => {
    const organisation = await findOrganisation(trx, given)
    await bindChat(trx, chat, organisation.id)
    return organisation.path
  })
  print(translate(language, 'people:command.bound', { path }))
}
