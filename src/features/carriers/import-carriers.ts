import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { findOrganisation } from '../../people/organisations.ts'
import { readTable, takeRows } from '../../spreadsheets/import-records.ts'
import type { ReadRecord } from '../../spreadsheets/read-records.ts'
import type { Store, Trx } from '../../store/store.ts'
import { parseDay } from '../../timers/calendar/parse-day.ts'
import { type CarrierColumn, carrierColumns, carrierHeadings, neededColumns, optionNamed } from './columns.ts'
import { type CarrierDraft, changeCarrier, type Doing, enterCarrier, gradeCarrier } from './keep-carrier.ts'
import { parseExperts, parseNeeds } from './parse-lists.ts'
import { type CarrierRules, carrierKinds, carrierLevels } from './rules.ts'

const longest: Partial<Record<CarrierColumn, number>> = {
  ...{ name: 80, partner: 200, category: 60, contact: 100 },
  ...{ tasks: 2000, needs: 5000, experts: 5000 },
}

/** What became of a row. */
export interface CarrierImportRow {
  /** From 1, as spreadsheets count. */
  line: number
  name: string
  outcome: 'entered' | 'changed' | 'refused'
  /** Of the carrier; empty where the row was refused. */
  number: string
  /** Why it was refused; null: it was not. */
  reason: PlainError | null
}

/**
 * Takes in a table of carriers (XLSX or CSV), one a row; one of the same kind and name on the same organisation is changed.
 * A row is taken as a whole or not at all. Throws PlainError where the file is no such table.
 * @param by a person, who may do it where they keep carriers; null: the command line, which may everywhere.
 */
export async function importCarriers(
  store: Store,
  rules: CarrierRules,
  bytes: Uint8Array,
  by: string | null,
): Promise<CarrierImportRow[]> {
  const rows = await readTable(bytes, {
    ...{ headings: carrierHeadings, needed: neededColumns },
    refusals: { header: 'carriers:import.no-header', table: 'carriers:import.no-table' },
  })
  return takeRows(store, rows, (trx, row, now) => takeRow(trx, row, { by, rules, now }))
}

type TableRow = ReadRecord<CarrierColumn>

async function takeRow(trx: Trx, { line, values }: TableRow, doing: Doing): Promise<CarrierImportRow> {
  const { name } = values
  try {
    // Everything is looked at before anything is kept: a row that is refused leaves nothing behind.
    const draft = await draftOf(trx, values, doing)
    const grades = gradesIn(values.grades)
    const known = await trx
      .selectFrom('carrier_entry')
      .select(['id', 'starts_on'])
      .where('organisation', '=', draft.organisation)
      .where('kind', '=', draft.kind)
      .where('name', '=', draft.name)
      .executeTakeFirst()
    const fresh = await checkGrades(trx, known?.id ?? null, grades, draft, doing)
    const { row } = known
      ? await changeCarrier(trx, known.id, draft, doing)
      : await enterCarrier(trx, draft, doing)
    for (const grade of fresh) await gradeCarrier(trx, row.id, grade, doing)
    return { line, name, outcome: known ? 'changed' : 'entered', number: row.number, reason: null }
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { line, name, outcome: 'refused', number: '', reason: error }
  }
}

async function draftOf(trx: Trx, values: TableRow['values'], { by, now }: Doing): Promise<CarrierDraft> {
  for (const column of neededColumns) {
    if (values[column] === '') {
      throw new PlainError('carriers:import.empty', { column: carrierHeadings[column][0] })
    }
  }
  for (const column of carrierColumns) {
    const most = longest[column]
    if (most !== undefined && Array.from(values[column]).length > most) {
      throw new PlainError('carriers:import.too-long', { column: carrierHeadings[column][0], most })
    }
  }
  const kind = optionNamed('kind', carrierKinds, values.kind)
  if (!kind) throw new PlainError('carriers:import.no-kind', { kind: values.kind })
  const level = values.level === '' ? null : optionNamed('level', carrierLevels, values.level)
  if (level === undefined) throw new PlainError('carriers:import.no-level', { level: values.level })
  const today = dayInChina(now)
  const day = (text: string) => {
    // Without its year a day of an old contract would be taken for one to come.
    const read = /\d{4}/u.test(text) ? parseDay(text, today) : null
    if (read === null) throw new PlainError('carriers:no-day', { day: text })
    return read
  }
  const organisation = await findOrganisation(trx, values.organisation)
  if (
    by !== null &&
    !can(await actorOf(trx, by, today), 'carrier.edit', await placeOf(trx, organisation.id))
  ) {
    throw new PlainError('carriers:not-yours')
  }
  const draft = {
    ...{ kind, level, name: values.name, organisation: organisation.id, partner: values.partner },
    ...{ category: values.category, tasks: values.tasks, contact: values.contact },
    ...{ startsOn: day(values.starts), endsOn: day(values.ends) },
    needs: parseNeeds(values.needs.replaceAll(/[;；]/gu, '\n')),
    experts: parseExperts(values.experts.replaceAll(/[;；]/gu, '\n')),
    contactPerson: await personNamed(trx, values.person),
  }
  if (draft.endsOn < draft.startsOn) {
    throw new PlainError('carriers:end-before-start', { start: draft.startsOn, end: draft.endsOn })
  }
  return draft
}

/** The one person of that name; null where none is named. Throws PlainError where there is none, or more than one. */
async function personNamed(trx: Trx, name: string): Promise<string | null> {
  if (name === '') return null
  const found = await trx.selectFrom('person').select('id').where('name', '=', name).limit(2).execute()
  if (found.length !== 1) throw new PlainError('carriers:import.no-person', { name })
  return found[0]?.id ?? null
}

/** `2025:92；2026:88` by year. Throws PlainError where it says something else, or a year twice. */
function gradesIn(text: string): { year: number; score: number }[] {
  const seen = new Set<number>()
  return text
    .normalize('NFKC')
    .split(/[;,、\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, year, score] = /^(\d{4})\s*年?\s*[:=]?\s*(\d{1,3}(?:\.\d+)?)\s*分?$/u.exec(part) ?? []
      if (year === undefined || score === undefined)
        throw new PlainError('carriers:import.no-grade', { text: part })
      if (seen.has(Number(year))) throw new PlainError('carriers:import.year-twice', { year })
      seen.add(Number(year))
      return { year: Number(year), score: Number(score) }
    })
}

/** Those that are not kept yet. Throws PlainError for another score of a year that is, or one that cannot be. */
async function checkGrades(
  trx: Trx,
  carrier: string | null,
  grades: readonly { year: number; score: number }[],
  { startsOn }: Pick<CarrierDraft, 'startsOn'>,
  { now }: Doing,
): Promise<{ year: number; score: number }[]> {
  const kept =
    carrier === null
      ? []
      : await trx
          .selectFrom('carrier_grade')
          .select(['year', 'score'])
          .where('carrier', '=', carrier)
          .execute()
  const [first, last] = [Number(startsOn.slice(0, 4)), Number(dayInChina(now).slice(0, 4))]
  return grades.filter(({ year, score }) => {
    const known = kept.find((one) => one.year === year)
    if (known && known.score !== score) throw new PlainError('carriers:graded', { year, score: known.score })
    if (year < first || year > last) throw new PlainError('carriers:no-year', { first, last })
    if (score > 100) throw new PlainError('carriers:no-score')
    return !known
  })
}
