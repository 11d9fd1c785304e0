import { createWriteStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import type { Card } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import { kindTitle, matterTitle, stateTitle } from '../features/carriers/carrier-texts.ts'
import { carriersTemplate } from '../features/carriers/columns.ts'
import { contactNames, exportCarriers } from '../features/carriers/export-carriers.ts'
import { importCarriers } from '../features/carriers/import-carriers.ts'
import { narrowed, overviewOf } from '../features/carriers/overview.ts'
import type { CarrierRules } from '../features/carriers/rules.ts'
import { dayInChina } from '../knowledge/library/day.ts'
import { PlainError } from '../messages/plain-error.ts'
import { explainError, translate } from '../messages/translate.ts'
import { findOrganisation } from '../people/organisations.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import type { Store } from '../store/store.ts'

/** What a `carriers` command works with. */
export interface CarriersHouse {
  store: Store
  rules: CarrierRules
  language: Language
  /** Writes one block of lines for the person at the terminal. */
  print(text: string): void
}

/** Opens the house, runs the task, closes it; shows what is thrown as a message, with exit code 1. */
export type RunWithCarriers = (task: (house: CarriersHouse) => Promise<void>) => Promise<void>

interface ListOptions {
  organisation?: string
  pressing?: boolean
}

/** Adds `carriers list|import|export|template` to the program; `language` is that of the help texts. */
export function addCarrierCommands(program: Command, language: Language, run: RunWithCarriers): void {
  const help = (key: string) => translate(language, `carriers:command.help.${key}`)
  const carriers = program.command('carriers').description(help('carriers'))
  carriers
    .command('list [words]')
    .description(help('list'))
    .option('--organisation <organisation>', help('organisation'))
    .option('--pressing', help('pressing'))
    .action((words: string | undefined, options: ListOptions) =>
      run(async (house) => list(house, words ?? '', options)),
    )
  carriers
    .command('import <file>')
    .description(help('import'))
    .action((file: string) => run((house) => importFile(house, file)))
  carriers
    .command('export <file>')
    .description(help('export'))
    .option('--organisation <organisation>', help('organisation'))
    .action((file: string, options: ListOptions) => run((house) => exportFile(house, file, options)))
  carriers
    .command('template <file>')
    .description(help('template'))
    .action((file: string) => run((house) => writeTemplate(house, file)))
}

async function found({ store, rules }: CarriersHouse, words: string, options: ListOptions) {
  return store.snapshot(async (trx) => {
    const today = dayInChina(await store.now(trx))
    const all = await overviewOf(trx, rules, null, today)
    const below = options.organisation ? (await findOrganisation(trx, options.organisation)).path : null
    const filters = words === '' ? {} : { text: words }
    const listed = narrowed(all, filters, below).filter(
      ({ standing }) => options.pressing !== true || standing.length > 0,
    )
    return { listed, today, contacts: await contactNames(trx, listed) }
  })
}

async function list(house: CarriersHouse, words: string, options: ListOptions): Promise<void> {
  const { language, print } = house
  const { listed } = await found(house, words, options)
  const say = (key: string, values = {}) => translate(language, `carriers:command.${key}`, values)
  const rows = listed.map(({ carrier: { row }, organisation, standing }) => [
    ...[row.number, kindTitle(row.kind, language), row.name, organisation, row.ends_on],
    [stateTitle(row.state, language), ...standing.map((matter) => matterTitle(matter, language))].join('、'),
  ])
  const header = ['number', 'kind', 'name', 'organisation', 'until', 'state'].map((key) =>
    say(`column.${key}`),
  )
  const card: Card =
    rows.length === 0
      ? { tone: 'info', blocks: [{ type: 'text', runs: [{ text: say('none') }] }] }
      : {
          tone: 'info',
          title: say('list', { count: rows.length }),
          blocks: [{ type: 'table', header, rows }],
        }
  print(cardToText(card, { buttons: 'none' }))
}

async function importFile({ store, rules, language, print }: CarriersHouse, file: string): Promise<void> {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await readFile(file))
  } catch (error) {
    throw new PlainError('carriers:command.unreadable', { file }, { cause: error })
  }
  const rows = await importCarriers(store, rules, bytes, null)
  const say = (key: string, values = {}) => translate(language, `carriers:command.${key}`, values)
  const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length
  const card: Card = {
    tone: count('refused') === 0 ? 'info' : 'error',
    blocks: [
      {
        type: 'text',
        runs: [
          {
            text: say('imported', {
              rows: rows.length,
              ...{ entered: count('entered'), changed: count('changed'), refused: count('refused') },
            }),
          },
        ],
      },
      {
        type: 'table',
        header: [say('column.line'), say('column.name'), say('column.outcome')],
        rows: rows.map(({ line, name, outcome, number, reason }) => [
          ...[String(line), name],
          reason === null ? say(`outcome.${outcome}`, { number }) : explainError(reason, language),
        ]),
      },
    ],
  }
  print(cardToText(card, { buttons: 'none' }))
}

async function exportFile(house: CarriersHouse, file: string, options: ListOptions): Promise<void> {
  const { language, print } = house
  const { listed, today, contacts } = await found(house, '', options)
  const format = file.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx'
  const { pieces } = exportCarriers(listed, contacts, { format, language, today })
  await written(file, () => pipeline(Readable.from(pieces), createWriteStream(file, { flags: 'wx' })))
  print(translate(language, 'carriers:command.written', { file }))
}

async function writeTemplate({ language, print }: CarriersHouse, file: string): Promise<void> {
  await written(file, () => writeFile(file, carriersTemplate(), { flag: 'wx' }))
  print(translate(language, 'carriers:command.written', { file }))
}

/** Never over a file that somebody may have filled in. */
async function written(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    const key = exists ? 'carriers:command.exists' : 'carriers:command.unwritable'
    throw new PlainError(key, { file }, { cause: error })
  }
}
