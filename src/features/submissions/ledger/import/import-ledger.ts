import type { Language } from '../../../../chat/language.ts'
import { dayInChina } from '../../../../knowledge/library/day.ts'
import { PlainError } from '../../../../messages/plain-error.ts'
import type { Reads } from '../../../../people/people.ts'
import type { ReadRow } from '../../../../spreadsheets/read-cell.ts'
import type { Trx } from '../../../../store/store.ts'
import type { SubmissionsContext } from '../../context.ts'
import type { Kind } from '../../definition/schema.ts'
import type { Asker } from '../../visible.ts'
import type { Column } from '../columns.ts'
import { ledgerReach } from '../ledger-reach.ts'
import { keepRow, numberOfRow, rowKey } from './keep-row.ts'
import type { LedgerMapping } from './mapping.ts'
import { type LedgerRow, type ParseOptions, parseRow, RowRefusal } from './parse-row.ts'
import { readLedger } from './read-ledger.ts'
import { type Names, readNames } from './who-and-where.ts'

export interface ImportRequest {
  /** Of the newest version; null: the only one there is. */
  kind: string | null
  /** Whose rights hold, and who stands in the history. */
  asker: Asker
  mapping: LedgerMapping
  /** Of rows whose unit is missing or unknown; null: those are refused. */
  organisation: string | null
  /** `YYYY-MM-DD`, of rows without a date; null: those are refused. */
  day: string | null
  /** Of rows that say nothing of it; null: where the kind begins. */
  state: string | null
  /** Looks at everything and keeps nothing. */
  dryRun: boolean
  language: Language
}

/** What became of a row. */
export interface RowOutcome {
  line: number
  /** Shortened. */
  subject: string
  /** `there`: it was taken before. */
  outcome: 'taken' | 'there' | 'refused'
  /** Of the record; empty where it was refused, or nothing is kept. */
  number: string
  /** Where in the sheet: `C5`; empty where it is not one cell. */
  cell: string
  reason: PlainError | null
}

export interface LedgerReport {
  rows: RowOutcome[]
  /** Headings that mean nothing here. */
  ignored: string[]
  /** Headings that were read, with what they are taken for, in the file's order. */
  read: { heading: string; column: string }[]
  /** Rows below were not looked at: the file has too many. */
  isCut: boolean
}

/** Rows of one transaction: others write in between. */
const batch = 100
const mostRows = 50_000
export const largestLedger = 20 * 1024 * 1024

/**
 * Takes an old ledger (XLSX or CSV): each row becomes a record in the state that it names, once however often the file
 * is read. Rows that are wrong are reported with their cell and change nothing; all others are taken. Nobody is told.
 * Throws PlainError where the file is no ledger, or the asker may import nowhere.
 */
export async function importLedger(
  context: SubmissionsContext,
  bytes: Uint8Array,
  request: ImportRequest,
): Promise<LedgerReport> {
  if (bytes.length > largestLedger) throw new PlainError('submissions:ledger.file.too-large')
  const { store } = context
  const now = await store.now()
  const today = dayInChina(now)
  const kind = kindOf(context, request)
  const places = await placesFor(store.db, kind, request.asker, today)
  if (places.length === 0) throw new PlainError('submissions:ledger.import.not-allowed')
  if (request.state !== null && !Object.hasOwn(kind.states, request.state)) {
    throw new PlainError('submissions:ledger.import.no-state', { given: request.state.slice(0, 40) })
  }
  const { head, rows } = await readLedger(bytes, kind, request.mapping)
  const names = await readNames(store.db, request.mapping)
  const house: RowHouse = {
    ...{ kind, names, request, now, today },
    parse: { kind, head, mapping: request.mapping, language: request.language, state: request.state },
    places,
    seen: new Map(),
  }
  const outcomes: RowOutcome[] = []
  let waiting: ReadRow[] = []
  let isCut = false
  const flush = async () => {
    outcomes.push(...(await takeRows(context, waiting, house)))
    waiting = []
  }
  for await (const row of rows) {
    if (outcomes.length + waiting.length >= mostRows) {
      isCut = true
      break
    }
    waiting.push(row)
    if (waiting.length >= batch) await flush()
  }
  await flush()
  return {
    ...{ rows: outcomes, ignored: head.ignored, isCut },
    read: [...head.columns.values()].map(({ heading, column }) => ({ heading, column })),
  }
}

type Places = 'all' | readonly (string | null)[]

/** Where somebody may take in rows of a kind: of a restricted one, where they handle it too. */
async function placesFor(db: Reads, { handlers }: Kind, asker: Asker, today: string): Promise<Places> {
  const places = await ledgerReach(db, asker, 'submission.import', today)
  if (handlers !== 'restricted') return places
  const restricted = await ledgerReach(db, asker, 'submission.restricted', today)
  if (places === 'all' || restricted === 'all') return places === 'all' ? restricted : places
  return places.filter((place) => restricted.includes(place))
}

function isAmong(places: Places, organisation: string | null): boolean {
  return places === 'all' || places.includes(organisation)
}

interface RowHouse {
  kind: Kind
  names: Names
  request: ImportRequest
  now: Date
  today: string
  parse: ParseOptions
  /** Organisations for which rows may be taken. */
  places: Places
  /** Lines by the key of their row: the same twice in a file is a slip. */
  seen: Map<string, number>
}

async function takeRows(
  context: SubmissionsContext,
  rows: readonly ReadRow[],
  house: RowHouse,
): Promise<RowOutcome[]> {
  const planned = rows.map((row) => planRow(row, house))
  const take = async (trx: Trx) => {
    // Anew with each try of the transaction.
    const outcomes: RowOutcome[] = []
    // Whoever lost the office since takes in no more.
    const places = await placesFor(trx, house.kind, house.request.asker, house.today)
    for (const plan of planned) {
      outcomes.push('outcome' in plan ? plan : await takeRow(trx, context, plan, { ...house, places }))
    }
    return outcomes
  }
  return planned.some((plan) => !('outcome' in plan))
    ? context.store.transaction(take)
    : (planned as RowOutcome[])
}

interface Plan {
  row: LedgerRow
  key: string
  organisation: string | null
  submitted: string
}

/** All that can be said of a row without writing: what to keep, or why not. */
function planRow(read: ReadRow, house: RowHouse): Plan | RowOutcome {
  const { kind, names, request, parse, seen, today } = house
  let subject = ''
  try {
    const row = parseRow(read, parse)
    subject = row.subject
    const refuse = (column: Column, key: string, values: Record<string, string | number> = {}) =>
      new RowRefusal(row.places[column] ?? '', new PlainError(`submissions:ledger.import.${key}`, values))
    const found = row.organisation === '' ? null : names.organisation(row.organisation)
    const organisation = found ?? request.organisation
    if (organisation === null)
      throw refuse('organisation', 'no-organisation', { given: row.organisation.slice(0, 40) })
    if (!isAmong(house.places, organisation))
      throw refuse('organisation', 'not-yours', { given: row.organisation.slice(0, 40) })
    const submitted = row.submitted ?? request.day
    if (submitted === null) throw refuse('submitted', 'no-date')
    if (submitted > today) throw refuse('submitted', 'to-come', { given: submitted })
    const key = rowKey(kind, row)
    const before = seen.get(key)
    if (before !== undefined) throw refuse('subject', 'twice', { line: before })
    seen.set(key, row.line)
    return { row, key, organisation, submitted }
  } catch (error) {
    if (!(error instanceof RowRefusal)) throw error
    return { ...outcomeOf(read.line, subject, 'refused'), cell: error.cell, reason: error.reason }
  }
}

async function takeRow(
  trx: Trx,
  context: SubmissionsContext,
  { row, key, organisation, submitted }: Plan,
  { kind, names, request: { asker, dryRun, language }, now, places }: RowHouse,
): Promise<RowOutcome> {
  if (!isAmong(places, organisation)) {
    const reason = new PlainError('submissions:ledger.import.not-yours', {
      given: row.organisation.slice(0, 40),
    })
    return { ...outcomeOf(row.line, row.subject, 'refused'), reason }
  }
  const there = await numberOfRow(trx, context, key)
  if (there !== null) return { ...outcomeOf(row.line, row.subject, 'there'), number: there }
  if (dryRun) return outcomeOf(row.line, row.subject, 'taken')
  const by = asker === 'house' ? null : asker.person
  const number = await keepRow(trx, context, row, { kind, names, organisation, by, language, submitted, now })
  return { ...outcomeOf(row.line, row.subject, 'taken'), number }
}

function outcomeOf(line: number, subject: string, outcome: RowOutcome['outcome']): RowOutcome {
  return {
    line,
    subject: Array.from(subject).slice(0, 40).join(''),
    outcome,
    number: '',
    cell: '',
    reason: null,
  }
}

function kindOf({ kinds }: Pick<SubmissionsContext, 'kinds'>, { kind }: ImportRequest): Kind {
  if (kind !== null) return kinds.current(kind)
  const [only, ...others] = kinds.all()
  if (!only || others.length > 0) throw new PlainError('submissions:ledger.import.which-kind')
  return only
}
