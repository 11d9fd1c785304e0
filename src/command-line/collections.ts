import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import type { Card } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import { stateTitle } from '../features/collections/cards/collection-cards.ts'
import { questionsOf } from '../features/collections/definition/definition.ts'
import { parseDefinition } from '../features/collections/definition/parse-definition.ts'
import { mistakeInWords } from '../features/collections/making/read-collection-file.ts'
import { listCollections, readCollection } from '../features/collections/records.ts'
import { exportCollection, tallyRows, unitRows } from '../features/collections/tallying/export-collection.ts'
import { countAnswers, readTally } from '../features/collections/tallying/read-answers.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import type { Store } from '../store/store.ts'
import { minuteInChina } from '../timers/calendar/day.ts'

/** What a `collections` command works with. */
export interface CollectionsHouse {
  store: Store
  language: Language
  /** Writes one block of lines for the person at the terminal. */
  print(text: string): void
}

/** Where a file is checked; it needs no database. */
export interface CheckingHouse extends Omit<CollectionsHouse, 'store'> {
  now: Date
  /** Ends the command with exit code 1, without a further message. */
  fail(): void
}

/** Run a task, and show what it throws as a message, with exit code 1. */
export interface RunCollections {
  check(task: (house: CheckingHouse) => Promise<void>): Promise<void>
  store(task: (house: CollectionsHouse) => Promise<void>): Promise<void>
}

const mostListed = 200

/** Adds `collections check|list|export` to the program; `language` is that of the help texts. */
export function addCollectionCommands(program: Command, language: Language, run: RunCollections): void {
  const help = (key: string) => translate(language, `collections:command.help.${key}`)
  const collections = program.command('collections').description(help('collections'))
  collections
    .command('check <file>')
    .description(help('check'))
    .option('--json', help('json'))
    .action((file: string, { json }: { json?: boolean }) =>
      run.check((house) => check(house, file, json === true)),
    )
  collections
    .command('list')
    .description(help('list'))
    .option('--json', help('json'))
    .action(({ json }: { json?: boolean }) => run.store((house) => list(house, json === true)))
  collections
    .command('export <number> <file>')
    .description(help('export'))
    .action((number: string, file: string) => run.store((house) => write(house, number, file)))
}

/** Says by line what is wrong with a definition; people and units in it are looked up where it is taken in. */
async function check(
  { language, now, print, fail }: CheckingHouse,
  file: string,
  json: boolean,
): Promise<void> {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await readFile(file))
  } catch (error) {
    throw new PlainError('collections:command.unreadable', { file }, { cause: error })
  }
  const parsed = parseDefinition(bytes, now)
  const mistakes = Array.isArray(parsed) ? parsed : []
  const questions = Array.isArray(parsed) ? 0 : questionsOf(parsed.definition).length
  if (mistakes.length > 0) fail()
  if (json) {
    const problems = mistakes.map((mistake) => ({
      line: mistake.line,
      problem: mistakeInWords(mistake, language),
    }))
    print(JSON.stringify({ valid: mistakes.length === 0, questions, problems }))
  } else if (mistakes.length > 0) {
    print(mistakes.map((mistake) => mistakeInWords(mistake, language)).join('\n'))
  } else print(translate(language, 'collections:command.valid', { count: questions }))
}

async function list({ store, language, print }: CollectionsHouse, json: boolean): Promise<void> {
  const { collections } = await store.snapshot((trx) =>
    listCollections(trx, { organisations: null, person: '' }, { most: mostListed }),
  )
  const all = []
  for (const collection of collections) {
    const { row, organisation, definition } = collection
    const answers = await countAnswers(store.db, collection)
    const { number, state, deadline } = row
    all.push({ number, title: definition.title[language], organisation, state, answers, deadline })
  }
  if (json) {
    print(JSON.stringify(all))
    return
  }
  const word = (key: 'number' | 'what' | 'unit' | 'state' | 'answers' | 'until' | 'none') =>
    translate(language, `collections:page.${key}`)
  const rows = all.map(({ number, title, organisation, state, answers, deadline }) => [
    ...[number, title, organisation, stateTitle(state, language), String(answers)],
    deadline === null ? '' : minuteInChina(new Date(deadline)),
  ])
  const header = (['number', 'what', 'unit', 'state', 'answers', 'until'] as const).map(word)
  const block: Card['blocks'][number] =
    rows.length === 0 ? { type: 'text', runs: [{ text: word('none') }] } : { type: 'table', header, rows }
  print(cardToText({ tone: 'info', blocks: [block] }, { buttons: 'none' }))
}

/** Figures alone: whoever is at the terminal is nobody to whom names were promised. */
async function write(
  { store, language, print }: CollectionsHouse,
  number: string,
  file: string,
): Promise<void> {
  const { collection, tally } = await store.snapshot(async (trx) => {
    const found = await readCollection(trx, number)
    return { collection: found, tally: await readTally(trx, found, { handles: false, language }) }
  })
  if (typeof tally === 'string') throw new PlainError(`collections:refused.${tally}`)
  const format = file.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx'
  const rows = { tally: tallyRows(tally, language), units: unitRows(tally, language), answers: [] }
  const { pieces } = exportCollection(collection, rows, { format, language })
  try {
    await pipeline(Readable.from(pieces), createWriteStream(file, { flags: 'wx' }))
  } catch (error) {
    // Never over a file that is there.
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    const key = exists ? 'collections:command.exists' : 'collections:command.unwritable'
    throw new PlainError(key, { file }, { cause: error })
  }
  print(translate(language, 'collections:command.written', { file }))
}
