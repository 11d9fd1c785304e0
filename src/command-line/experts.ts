import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Card } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import {
  type Expert,
  enterExpert,
  findExpert,
  listExperts,
} from '../features/submissions/experts/directory.ts'
import { expertsTemplate, importExperts } from '../features/submissions/experts/import-experts.ts'
import { isAbout } from '../features/submissions/experts/match-reasons.ts'
import { settleAndTell } from '../features/submissions/experts/settle-expert.ts'
import { PlainError } from '../messages/plain-error.ts'
import { explainError, translate } from '../messages/translate.ts'
import { findOrganisation } from '../people/organisations.ts'
import { rootOf } from '../people/reach.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import type { Store } from '../store/store.ts'

/** What an `experts` command works with. */
export interface ExpertsHouse {
  store: Store
  language: Language
  /** Writes one block of lines for the person at the terminal. */
  print(text: string): void
}

/** Opens the house, runs the task, closes it; shows what is thrown as a message, with exit code 1. */
export type RunWithExperts = (task: (house: ExpertsHouse) => Promise<void>) => Promise<void>

interface AddOptions {
  organisation: string
  fields: string
  unit?: string
  description?: string
  contact?: string
  consent?: boolean
}

/** Adds `experts list|add|import|template|approve|retire` to the program; `language` is that of the help texts. */
export function addExpertCommands(program: Command, language: Language, run: RunWithExperts): void {
  const help = (key: string) => translate(language, `problems:command.help.${key}`)
  const experts = program.command('experts').description(help('experts'))
  experts
    .command('list [words]')
    .description(help('list'))
    .option('--all', help('all'))
    .action((words: string | undefined, options: { all?: boolean }) =>
      run((house) => list(house, words ?? '', options.all === true)),
    )
  experts
    .command('add <name>')
    .description(help('add'))
    .requiredOption('--organisation <organisation>', help('organisation'))
    .requiredOption('--fields <fields>', help('fields'))
    .option('--unit <unit>', help('unit'))
    .option('--description <text>', help('description'))
    .option('--contact <contact>', help('contact'))
    .option('--consent', help('consent'))
    .action((name: string, options: AddOptions) => run((house) => add(house, name, options)))
  experts
    .command('import <file>')
    .description(help('import'))
    .requiredOption('--organisation <organisation>', help('organisation'))
    .action((file: string, { organisation }: { organisation: string }) =>
      run((house) => importFile(house, file, organisation)),
    )
  experts
    .command('template <file>')
    .description(help('template'))
    .action((file: string) => run((house) => writeTemplate(house, file)))
  for (const [word, state] of [
    ['approve', 'approved'],
    ['retire', 'retired'],
  ] as const) {
    experts
      .command(`${word} <expert>`)
      .description(help(word))
      .action((typed: string) => run((house) => settle(house, typed, state)))
  }
}

async function list(
  { store, language, print }: ExpertsHouse,
  words: string,
  retired: boolean,
): Promise<void> {
  const all = await listExperts(store.db, 'all', { retired })
  const found = all.filter((expert) => isAbout(words, expert))
  const say = (key: string, values = {}) => translate(language, `problems:command.${key}`, values)
  const column = (key: string) => translate(language, `problems:command.column.${key}`)
  const card: Card =
    found.length === 0
      ? { tone: 'info', blocks: [{ type: 'text', runs: [{ text: say('none') }] }] }
      : {
          tone: 'info',
          title: say('list', { count: found.length }),
          blocks: [
            {
              type: 'table',
              header: [column('number'), column('name'), column('unit'), column('fields'), column('state')],
              rows: found.map((expert) => rowOf(expert, language)),
            },
          ],
        }
  print(cardToText(card, { buttons: 'none' }))
}

function rowOf({ number, name, organisation, fields, state }: Expert, language: Language): string[] {
  return [number, name, organisation, fields, translate(language, `problems:expert.${state}`)]
}

async function add(
  { store, language, print }: ExpertsHouse,
  name: string,
  options: AddOptions,
): Promise<void> {
  const { number } = await store.transaction(async (trx) =>
    enterExpert(trx, {
      ...{ root: await rootNamed(trx, options.organisation), person: null, name },
      ...{ organisation: options.unit ?? '', fields: options.fields },
      ...{ description: options.description ?? '', contact: options.contact ?? '' },
      ...{ source: 'cadre', consent: options.consent === true, enteredBy: null, approved: true },
      now: await store.now(trx),
    }),
  )
  print(translate(language, 'problems:command.added', { number, name }))
}

async function importFile(
  { store, language, print }: ExpertsHouse,
  file: string,
  organisation: string,
): Promise<void> {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await readFile(file))
  } catch (error) {
    throw new PlainError('problems:command.unreadable', { file }, { cause: error })
  }
  const root = await store.snapshot((trx) => rootNamed(trx, organisation))
  const rows = await importExperts(store, bytes, { root, enteredBy: null })
  const say = (key: string, values = {}) => translate(language, `problems:command.${key}`, values)
  const column = (key: string) => translate(language, `problems:command.column.${key}`)
  const taken = rows.filter(({ number }) => number !== null).length
  const card: Card = {
    tone: taken === rows.length ? 'info' : 'error',
    blocks: [
      {
        type: 'text',
        runs: [{ text: say('imported', { rows: rows.length, taken, left: rows.length - taken }) }],
      },
      {
        type: 'table',
        header: [column('line'), column('name'), column('outcome')],
        rows: rows.map(({ line, name, number, reason }) => [
          String(line),
          name,
          reason === null ? say('taken', { number }) : explainError(reason, language),
        ]),
      },
    ],
  }
  print(cardToText(card, { buttons: 'none' }))
}

async function writeTemplate({ language, print }: ExpertsHouse, file: string): Promise<void> {
  try {
    // Never over a file that somebody may have filled in.
    await writeFile(file, expertsTemplate(), { flag: 'wx' })
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    const key = exists ? 'problems:command.exists' : 'problems:command.unwritable'
    throw new PlainError(key, { file }, { cause: error })
  }
  print(translate(language, 'problems:command.written', { file }))
}

async function settle(
  { store, language, print }: ExpertsHouse,
  typed: string,
  state: 'approved' | 'retired',
): Promise<void> {
  const { number, name } = await store.transaction(async (trx) => {
    const roots = await trx.selectFrom('organisation').select('id').where('parent', 'is', null).execute()
    const expert = await findExpert(
      trx,
      roots.map(({ id }) => id),
      typed,
    )
    await settleAndTell(trx, expert, state, null, await store.now(trx))
    return expert
  })
  const said = translate(language, `problems:expert.${state}`)
  print(translate(language, 'problems:command.settled', { number, name, state: said }))
}

async function rootNamed(db: Parameters<typeof findOrganisation>[0], given: string): Promise<string> {
  return rootOf(db, (await findOrganisation(db, given)).id)
}
