import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Card } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import { kindOf } from '../features/resources/finding/resource-cards.ts'
import { exportResources } from '../features/resources/keeping/export-resources.ts'
import { importResources, resourcesTemplate } from '../features/resources/keeping/import-resources.ts'
import type { ResourceKinds } from '../features/resources/kinds.ts'
import type { ResourceRow } from '../features/resources/records.ts'
import { dayInChina } from '../knowledge/library/day.ts'
import { PlainError } from '../messages/plain-error.ts'
import { explainError, translate } from '../messages/translate.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import type { Store } from '../store/store.ts'

/** What a `resources` command works with. */
export interface ResourcesHouse {
  store: Store
  kinds: ResourceKinds
  language: Language
  /** Writes one block of lines for the person at the terminal. */
  print(text: string): void
}

/** Opens the house, runs the task, closes it; shows what is thrown as a message, with exit code 1. */
export type RunWithResources = (task: (house: ResourcesHouse) => Promise<void>) => Promise<void>

/** Adds `resources list|import|export|template` to the program; `language` is that of the help texts. */
export function addResourceCommands(program: Command, language: Language, run: RunWithResources): void {
  const help = (key: string) => translate(language, `resources:command.help.${key}`)
  const resources = program.command('resources').description(help('resources'))
  resources
    .command('list [words]')
    .description(help('list'))
    .option('--all', help('all'))
    .action((words: string | undefined, options: { all?: boolean }) =>
      run((house) => list(house, words ?? '', options.all === true)),
    )
  resources
    .command('import <file>')
    .description(help('import'))
    .action((file: string) => run((house) => importFile(house, file)))
  resources
    .command('export <file>')
    .description(help('export'))
    .action((file: string) => run((house) => exportFile(house, file)))
  resources
    .command('template <file>')
    .description(help('template'))
    .action((file: string) => run((house) => writeNew(house, file, resourcesTemplate())))
}

async function list({ store, kinds, language, print }: ResourcesHouse, words: string, all: boolean) {
  const rows = (await allOf(store)).filter(
    (row) =>
      (all || row.state !== 'retired') &&
      [row.number, row.title, row.subjects, row.place, row.description].some((text) => text.includes(words)),
  )
  const column = (key: string) => translate(language, `resources:column.${key}`)
  const card: Card =
    rows.length === 0
      ? textCard(translate(language, 'resources:command.none'))
      : {
          tone: 'info',
          title: translate(language, 'resources:command.list', { count: rows.length }),
          blocks: [
            {
              type: 'table',
              header: ['number', 'kind', 'title', 'subjects', 'place', 'state'].map(column),
              rows: rows.map((row) => [
                ...[row.number, kindOf(row, kinds, language), row.title, row.subjects, row.place],
                translate(language, `resources:standing.${row.state}`),
              ]),
            },
          ],
        }
  print(cardToText(card, { buttons: 'none' }))
}

async function importFile({ store, kinds, language, print }: ResourcesHouse, file: string): Promise<void> {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await readFile(file))
  } catch (error) {
    throw new PlainError('resources:wrong.file', { file }, { cause: error })
  }
  const rows = await importResources({ store, kinds }, bytes, null)
  const taken = rows.filter(({ number }) => number !== null).length
  const count = { rows: rows.length, taken, left: rows.length - taken }
  const column = (key: string) => translate(language, `resources:column.${key}`)
  const card: Card = {
    tone: taken === rows.length ? 'info' : 'error',
    blocks: [
      { type: 'text', runs: [{ text: translate(language, 'resources:command.imported', count) }] },
      {
        type: 'table',
        header: ['line', 'title', 'outcome'].map(column),
        rows: rows.map(({ line, title, number, reason }) => [
          ...[String(line), title, reason === null ? (number ?? '') : explainError(reason, language)],
        ]),
      },
    ],
  }
  print(cardToText(card, { buttons: 'none' }))
}

async function exportFile(house: ResourcesHouse, file: string): Promise<void> {
  const { store, kinds, language } = house
  const rows = (await allOf(store)).filter(({ state }) => state !== 'retired')
  const format = /\.csv$/i.test(file) ? 'csv' : 'xlsx'
  const today = dayInChina(await store.now())
  const pieces: Uint8Array[] = []
  for await (const piece of exportResources(store.db, rows, { kinds, format, language, today }).pieces)
    pieces.push(piece)
  await writeNew(house, file, Buffer.concat(pieces))
}

/** Never over a file that somebody may have filled in. */
async function writeNew({ language, print }: ResourcesHouse, file: string, content: string | Uint8Array) {
  try {
    await writeFile(file, content, { flag: 'wx' })
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new PlainError(
      exists ? 'resources:wrong.exists' : 'resources:wrong.file',
      { file },
      { cause: error },
    )
  }
  print(translate(language, 'resources:command.written', { file }))
}

function allOf({ db }: Store): Promise<ResourceRow[]> {
  return db.selectFrom('resource_entry').selectAll().orderBy('number').execute()
}

function textCard(text: string): Card {
  return { tone: 'info', blocks: [{ type: 'text', runs: [{ text }] }] }
}
