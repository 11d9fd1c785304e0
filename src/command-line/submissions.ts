import { createWriteStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import type { Language } from '../chat/language.ts'
import type { SubmissionsContext } from '../features/submissions/context.ts'
import {
  exportLedger,
  kindsOf,
  type LedgerFormat,
  ledgerFormats,
} from '../features/submissions/ledger/export-ledger.ts'
import { importLedger } from '../features/submissions/ledger/import/import-ledger.ts'
import { noMapping, readMapping } from '../features/submissions/ledger/import/mapping.ts'
import type { NamedTemplates } from '../features/submissions/ledger/named-templates.ts'
import { type LedgerTemplate, readTemplate } from '../features/submissions/ledger/template.ts'
import { type ListFilters, listSubmissions } from '../features/submissions/list-submissions.ts'
import { type Step, steps } from '../features/submissions/statistics/period.ts'
import { readStatistics } from '../features/submissions/statistics/statistics.ts'
import { statisticsCard } from '../features/submissions/statistics/statistics-card.ts'
import { rulesOf } from '../features/submissions/statistics/statistics-command.ts'
import { statisticsWorkbook } from '../features/submissions/statistics/statistics-workbook.ts'
import type { Asker } from '../features/submissions/visible.ts'
import { parseDay } from '../knowledge/library/day.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import { findOrganisation } from '../people/organisations.ts'
import { findPerson } from '../people/people.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import { importReportCard, submissionCard, submissionsCard } from './submissions-cards.ts'

/** What a `submissions` command works with. */
export interface SubmissionsHouse {
  context: SubmissionsContext
  templates: NamedTemplates
  language: Language
  /** Writes one block of lines for the person at the terminal. */
  print(text: string): void
}

/** Opens the house, runs the task, closes it; shows what is thrown as a message, with exit code 1. */
export type RunWithSubmissions = (task: (house: SubmissionsHouse) => Promise<void>) => Promise<void>

interface FilterOptions {
  kind?: string
  state?: string
  organisation?: string
  from?: string
  until?: string
  overdue?: boolean
  as?: string
}

/** As many records are listed as a terminal shows at once, where nobody says more. */
const usualSize = 50

/** Adds `submissions list|show|export|import|stats` to the program; `language` is that of the help texts. */
export function addSubmissionCommands(program: Command, language: Language, run: RunWithSubmissions): void {
  const help = (key: string) => translate(language, `submissions:command.help.${key}`)
  const submissions = program.command('submissions').description(help('submissions'))
  const filtered = (command: Command) =>
    command
      .option('--kind <kind>', help('kind'))
      .option('--state <state>', help('state'))
      .option('--organisation <organisation>', help('organisation'))
      .option('--from <day>', help('from'))
      .option('--until <day>', help('until'))
      .option('--overdue', help('overdue'))
      .option('--as <person>', help('as'))
  filtered(submissions.command('list [words]'))
    .description(help('list'))
    .option('--most <count>', help('most'))
    .action((words: string | undefined, options: FilterOptions & { most?: string }) =>
      run((house) => list(house, words, options)),
    )
  submissions
    .command('show <number>')
    .description(help('show'))
    .action((number: string) => run((house) => show(house, number)))
  filtered(submissions.command('export'))
    .description(help('export'))
    .option('--format <format>', help('format'))
    .option('--template <template>', help('template'))
    .option('--out <file>', help('out'))
    .action((options: FilterOptions & ExportOptions) => run((house) => exportFile(house, options)))
  submissions
    .command('import <file>')
    .description(help('import'))
    .option('--kind <kind>', help('kind'))
    .option('--mapping <file>', help('mapping'))
    .option('--organisation <organisation>', help('default-organisation'))
    .option('--date <day>', help('date'))
    .option('--state <state>', help('default-state'))
    .option('--dry-run', help('dry-run'))
    .option('--as <person>', help('as'))
    .action((file: string, options: ImportOptions) => run((house) => importFile(house, file, options)))
  submissions
    .command('stats [period]')
    .description(help('stats'))
    .option('--kind <kind>', help('kind'))
    .option('--organisation <organisation>', help('organisation'))
    .option('--by <step>', help('by'))
    .option('--out <file>', help('out'))
    .option('--as <person>', help('as'))
    .action((period: string | undefined, options: StatsOptions) =>
      run((house) => stats(house, period, options)),
    )
}

async function list(
  { context, language, print }: SubmissionsHouse,
  words: string | undefined,
  options: FilterOptions & { most?: string },
): Promise<void> {
  const filters = { ...(await filtersOf(context, options)), ...(words === undefined ? {} : { text: words }) }
  const most = options.most === undefined ? usualSize : Number(options.most)
  if (!Number.isInteger(most) || most < 1) throw new PlainError('submissions:command.no-count')
  const { db } = context.store
  const { submissions, next } = await listSubmissions(db, context, await askerOf(context, options), filters, {
    size: most,
  })
  print(cardToText(await submissionsCard(db, submissions, next !== null, language), { buttons: 'none' }))
}

async function show({ context, language, print }: SubmissionsHouse, number: string): Promise<void> {
  print(cardToText(await submissionCard(context, number, language), { buttons: 'none' }))
}

interface ExportOptions {
  format?: string
  template?: string
  out?: string
}

async function exportFile(house: SubmissionsHouse, options: FilterOptions & ExportOptions): Promise<void> {
  const { context, language, print } = house
  const wanted = options.format ?? (options.out?.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx')
  const format = ledgerFormats.find((one) => one === wanted)
  if (!format) throw new PlainError('submissions:command.no-format', { formats: ledgerFormats.join(', ') })
  const filters = await filtersOf(context, options)
  const template = await templateOf(house, options.template, filters.kind)
  const request = { filters, format: format satisfies LedgerFormat, template, language }
  const { pieces, name } = await exportLedger(context, { ...request, asker: await askerOf(context, options) })
  const file = options.out ?? name
  await writePieces(pieces, file)
  print(translate(language, 'submissions:command.written', { file }))
}

/** A file of that name, or one of the house's templates. */
async function templateOf(
  { context, templates }: SubmissionsHouse,
  given: string | undefined,
  kind: string | undefined,
): Promise<LedgerTemplate | null> {
  if (given === undefined) return null
  const kinds = kindsOf(context.kinds.everyVersion(), kind)
  if (templates.names().includes(given)) return templates.read(given, kinds)
  return readTemplate(await readBytes(given), basename(given), kinds)
}

interface ImportOptions {
  kind?: string
  mapping?: string
  organisation?: string
  date?: string
  state?: string
  dryRun?: boolean
  as?: string
}

async function importFile(
  { context, language, print }: SubmissionsHouse,
  file: string,
  options: ImportOptions,
): Promise<void> {
  const { organisation, date, mapping } = options
  const report = await importLedger(context, await readBytes(file), {
    asker: await askerOf(context, options),
    mapping: mapping === undefined ? noMapping : readMapping(await readBytes(mapping)),
    organisation:
      organisation === undefined ? null : (await findOrganisation(context.store.db, organisation)).id,
    day: date === undefined ? null : parseDay(date),
    ...{
      kind: options.kind ?? null,
      state: options.state ?? null,
      dryRun: options.dryRun === true,
      language,
    },
  })
  print(cardToText(importReportCard(report, options.dryRun === true, language), { buttons: 'none' }))
}

interface StatsOptions {
  kind?: string
  organisation?: string
  by?: string
  out?: string
  as?: string
}

async function stats(
  { context, language, print }: SubmissionsHouse,
  period: string | undefined,
  options: StatsOptions,
): Promise<void> {
  const step: Step | undefined = steps.find((one) => one === (options.by ?? 'month'))
  if (!step) throw new PlainError('submissions:command.no-step', { steps: steps.join(', ') })
  const { kind = null, organisation = null, out } = options
  const request = { asker: await askerOf(context, options), kind, organisation, period: period ?? null, step }
  const statistics = await readStatistics(context, rulesOf(context), request)
  if (out === undefined) {
    print(cardToText(statisticsCard(statistics, language), { buttons: 'none' }))
    return
  }
  await writePieces(statisticsWorkbook(statistics, language), out)
  print(translate(language, 'submissions:command.written', { file: out }))
}

/** Whoever runs the bot's machine sees what the house has, but what is sealed; `--as` holds somebody's rights. */
async function askerOf({ store }: SubmissionsContext, { as }: { as?: string }): Promise<Asker> {
  return as === undefined ? 'house' : { person: (await findPerson(store.db, as)).id }
}

async function filtersOf(context: SubmissionsContext, options: FilterOptions): Promise<ListFilters> {
  const { kind, state, organisation, from, until, overdue = false } = options
  if (kind !== undefined) context.kinds.current(kind)
  const organisationId =
    organisation === undefined ? undefined : (await findOrganisation(context.store.db, organisation)).id
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { states: statesOf(context, kind, state) }),
    ...(organisationId === undefined ? {} : { organisation: organisationId }),
    ...(from === undefined ? {} : { from: parseDay(from) }),
    ...(until === undefined ? {} : { until: parseDay(until) }),
    ...(overdue ? { overdue } : {}),
  }
}

/** By names, or by the titles that people read. */
function statesOf({ kinds }: SubmissionsContext, kind: string | undefined, given: string): string[] {
  const wanted = given.split(/[,，、]/).map((one) => one.trim())
  const found = kindsOf(kinds.everyVersion(), kind).flatMap(({ states }) =>
    Object.entries(states).flatMap(([name, { title }]) =>
      [name, ...Object.values(title)].some((one) => wanted.includes(one)) ? [name] : [],
    ),
  )
  if (found.length === 0) throw new PlainError('submissions:command.no-state', { given: given.slice(0, 60) })
  return [...new Set(found)]
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new PlainError('submissions:command.unreadable', { file }, { cause: error })
  }
}

/** Never over a file that is there; what could not be ended is removed. */
async function writePieces(pieces: AsyncIterable<Uint8Array>, file: string): Promise<void> {
  const out = createWriteStream(file, { flags: 'wx' })
  try {
    await pipeline(Readable.from(pieces), out)
  } catch (error) {
    if (error instanceof PlainError) throw error
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (!isThere) await rm(file, { force: true })
    const key = isThere ? 'submissions:command.exists' : 'submissions:command.unwritable'
    throw new PlainError(key, { file }, { cause: error })
  }
}
