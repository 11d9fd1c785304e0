import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { PlacedOrganisation } from '../../people/organisations.ts'
import { findOrganisation } from '../../people/organisations.ts'
import { readTable, takeRows } from '../../spreadsheets/import-records.ts'
import type { ReadRecord } from '../../spreadsheets/read-records.ts'
import type { Store, Trx } from '../../store/store.ts'
import { parseDay } from '../../timers/calendar/parse-day.ts'
import type { RemindersPort } from '../reminders/port.ts'
import { mayEdit } from './access.ts'
import {
  optionNamed,
  optionTexts,
  type ProfileColumn,
  possessionColumns,
  profileHeadings,
} from './columns.ts'
import { changesBetween, isDash, keepProfile, type ProfileChanges, tidied } from './keep-profile.ts'
import { type Profile, readProfile } from './profile.ts'
import { type ProfileField, problemsOf } from './profile-rules.ts'

/** What a row does or would do. */
export interface ProfileImportRow {
  /** From 1, as spreadsheets count. */
  line: number
  /** As written, or the path of the organisation. */
  name: string
  outcome: 'changed' | 'same' | 'refused'
  changes: ProfileChanges
  /** Why it is refused, by column; null: the row as a whole. */
  problems: { column: ProfileColumn | null; reason: PlainError }[]
}

export interface ProfileImport {
  /** A person, who may do it where they keep profiles. */
  by: string
  reminders: RemindersPort
  /** Only looks what would change. */
  preview: boolean
}

/**
 * Takes in a table of profiles (XLSX or CSV), one organisation a row. A cell that is empty leaves what there is; a dash
 * empties it. A row is taken as a whole or not at all. Throws PlainError where the file is no such table.
 */
export async function importProfiles(
  store: Store,
  bytes: Uint8Array,
  { by, reminders, preview }: ProfileImport,
): Promise<ProfileImportRow[]> {
  const rows = await readTable(bytes, {
    ...{ headings: profileHeadings, needed: ['organisation'] },
    refusals: { header: 'organisations:import.no-header', table: 'organisations:import.no-table' },
  })
  const seen = new Map<string, number>()
  return takeRows(store, rows, (trx, row, now) => {
    // A transaction may run again: what an earlier try saw from here on is not there yet.
    for (const [id, line] of seen) if (line >= row.line) seen.delete(id)
    return takeRow(trx, row, { by, reminders, preview, seen, now })
  })
}

type TableRow = ReadRecord<ProfileColumn>

interface Taking extends ProfileImport {
  /** Lines by organisation. */
  seen: Map<string, number>
  now: Date
}

async function takeRow(trx: Trx, row: TableRow, taking: Taking): Promise<ProfileImportRow> {
  const { line, values } = row
  const { by, reminders, preview, seen, now } = taking
  const refused = (problems: ProfileImportRow['problems'], name = values.organisation): ProfileImportRow => ({
    ...{ line, name, outcome: 'refused', changes: {}, problems },
  })
  const today = dayInChina(now)
  let found: PlacedOrganisation
  try {
    if (values.organisation === '') throw new PlainError('organisations:import.empty')
    found = await findOrganisation(trx, values.organisation)
    if (!(await mayEdit(trx, by, found.id, today))) throw new PlainError('organisations:not-yours')
    const first = seen.get(found.id)
    if (first !== undefined) throw new PlainError('organisations:import.twice', { line: first })
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return refused([{ column: 'organisation', reason: error }])
  }
  seen.set(found.id, line)
  const before = await readProfile(trx, found.id)
  const { profile, problems } = profileIn(before, values, today)
  for (const [field, problem] of Object.entries(problemsOf(profile, today))) {
    const column = field === 'has' ? null : (field as Exclude<ProfileField, 'has'>)
    if (problems.some((one) => one.column === column)) continue
    problems.push({ column, reason: new PlainError(problem.key, problem.values) })
  }
  if (problems.length > 0) return refused(problems, found.path)
  const changes = preview
    ? changesBetween(before, tidied(profile))
    : await keepProfile(trx, profile, { by, how: 'import', now, reminders })
  const outcome = Object.keys(changes).length === 0 ? 'same' : 'changed'
  return { line, name: found.path, outcome, changes, problems: [] }
}

/** The profile with what a row says, and the cells that cannot be read. */
function profileIn(before: Profile, values: TableRow['values'], today: string) {
  const problems: ProfileImportRow['problems'] = []
  /** What a cell says; `kept` where it is empty or cannot be read, `none` for a dash. */
  function read<Value>(column: ProfileColumn, kept: Value, none: Value, as: (text: string) => Value): Value {
    const text = values[column]
    if (text === '') return kept
    if (isDash(text)) return none
    try {
      return as(text)
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      problems.push({ column, reason: error })
      return kept
    }
  }
  const text = (column: 'region' | 'industry' | 'chair' | 'secretary' | 'note') =>
    read(column, before[column], '', (typed) => typed)
  const count = (column: 'employees' | 'stWorkers' | 'members') =>
    read<number | null>(column, before[column], null, countIn)
  const day = (column: 'stCountedOn' | 'foundedOn' | 'termEndsOn') =>
    read<string | null>(column, before[column], null, (typed) => dayIn(typed, today))
  const has = { ...before.has }
  for (const { possession, column } of possessionColumns) {
    has[possession] = read(
      column,
      has[possession],
      false,
      (typed) => optionIn(optionTexts.yesNo, typed) === 'yes',
    )
  }
  const profile: Profile = {
    ...before,
    ...{ region: text('region'), industry: text('industry'), note: text('note') },
    ...{ chair: text('chair'), secretary: text('secretary') },
    ...{ employees: count('employees'), stWorkers: count('stWorkers'), members: count('members') },
    ...{ stCountedOn: day('stCountedOn'), foundedOn: day('foundedOn'), termEndsOn: day('termEndsOn') },
    association: read('association', before.association, 'none', (typed) =>
      optionIn(optionTexts.association, typed),
    ),
    mode: read<Profile['mode']>('mode', before.mode, null, (typed) => optionIn(optionTexts.mode, typed)),
    has,
  }
  return { profile, problems }
}

function countIn(typed: string): number {
  const bare = typed.normalize('NFKC').replaceAll(/[,，\s人]/gu, '')
  if (!/^\d{1,9}$/.test(bare)) throw new PlainError('organisations:import.no-number', { text: cut(typed) })
  return Number(bare)
}

function dayIn(typed: string, today: string): string {
  // Without its year a day of long ago would be taken for one to come.
  const read = /\d{4}/u.test(typed) ? parseDay(typed, today) : null
  if (read === null) throw new PlainError('organisations:import.no-day', { text: cut(typed) })
  return read
}

function optionIn<Value extends string>(
  options: readonly { value: Value; key: string }[],
  typed: string,
): Value {
  const found = optionNamed(options, typed)
  if (found !== undefined) return found
  const names = options.map(({ key }) => translate('zh-CN', key)).join('、')
  throw new PlainError('organisations:import.no-option', { text: cut(typed), options: names })
}

/** A cell may hold a page. */
function cut(text: string): string {
  return Array.from(text).slice(0, 40).join('')
}
