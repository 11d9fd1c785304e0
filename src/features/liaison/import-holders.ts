import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { findOrganisation } from '../../people/organisations.ts'
import { bareName, type Reads } from '../../people/people.ts'
import { csvTemplate } from '../../spreadsheets/csv-template.ts'
import { readTable, takeRows } from '../../spreadsheets/import-records.ts'
import type { ReadRecord } from '../../spreadsheets/read-records.ts'
import type { Store, Trx } from '../../store/store.ts'
import { parseDay } from '../../timers/calendar/parse-day.ts'
import { mayAssign } from './access.ts'
import type { Liaison } from './context.ts'
import { type Assignment, assign, checkAssignment } from './keep-holders.ts'
import { holdersFrom } from './records.ts'
import { type LiaisonRole, liaisonRoles } from './rules.ts'

/** Every heading under which a column is known; the first is what the template says. */
const headings = {
  organisation: ['单位', 'organisation', '所在单位', 'unit'],
  role: ['角色', 'role', '职责'],
  person: ['姓名', 'name', '人员', 'person'],
  from: ['起日', 'from', '起始日期', '开始日期'],
} as const

type Column = keyof typeof headings

const needed = ['organisation', 'role', 'person'] as const

/** What became of a row, or would. */
export interface HolderImportRow {
  /** From 1, as spreadsheets count. */
  line: number
  name: string
  outcome: 'assigned' | 'same' | 'refused'
  /** Why it was refused; null: it was not. */
  reason: PlainError | null
}

/**
 * Takes in a table of assignments (XLSX or CSV), one a row: organisation, role, name, and from when (default: today). Throws
 * PlainError where the file is no such table.
 * @param given.by A person, who may do it where they assign. `keeps`: false looks at the rows and keeps nothing.
 */
export async function importHolders(
  store: Store,
  context: Liaison,
  bytes: Uint8Array,
  { by, keeps }: { by: string; keeps: boolean },
): Promise<HolderImportRow[]> {
  const rows = await readTable(bytes, {
    ...{ headings, needed },
    refusals: { header: 'liaison:import.no-header', table: 'liaison:import.no-table' },
  })
  return takeRows(store, rows, (trx, row, now) => takeRow(trx, context, row, { by, keeps, now }))
}

async function takeRow(
  trx: Trx,
  context: Liaison,
  { line, values }: ReadRecord<Column>,
  { by, keeps, now }: { by: string; keeps: boolean; now: Date },
): Promise<HolderImportRow> {
  const name = `${values.organisation} ${values.person}`.trim()
  try {
    const wanted = await assignmentOf(trx, values, by, now)
    await checkAssignment(trx, context.rules, wanted, dayInChina(now))
    const outcome = keeps
      ? await assign(trx, context, wanted, { by, now })
      : (await isHeld(trx, wanted))
        ? 'same'
        : 'assigned'
    return { line, name, outcome, reason: null }
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { line, name, outcome: 'refused', reason: error }
  }
}

async function assignmentOf(
  trx: Trx,
  values: Record<Column, string>,
  by: string,
  now: Date,
): Promise<Assignment> {
  for (const column of needed) {
    if (values[column] === '') throw new PlainError('liaison:import.empty', { column: headings[column][0] })
  }
  const role = roleNamed(values.role)
  if (!role) throw new PlainError('liaison:import.no-role', { role: values.role })
  const today = dayInChina(now)
  const from = values.from === '' ? today : parseDay(values.from, today)
  if (from === null) throw new PlainError('liaison:no-day', { day: values.from })
  const { id: organisation } = await findOrganisation(trx, values.organisation)
  if (!(await mayAssign(trx, { person: by, today }, organisation))) throw new PlainError('liaison:not-yours')
  return { organisation, role, from, person: await personNamed(trx, values.person) }
}

function roleNamed(typed: string): LiaisonRole | undefined {
  const wanted = typed.normalize('NFKC').trim().toLowerCase()
  const names = (role: LiaisonRole) =>
    [role, ...(['zh-CN', 'en'] as const).map((language) => translate(language, `liaison:role.${role}`))].map(
      (one) => one.toLowerCase(),
    )
  return liaisonRoles.find((role) => names(role).includes(wanted))
}

/** The one person of that name. Throws PlainError where there is none, or more than one. */
async function personNamed(db: Reads, typed: string): Promise<string> {
  const name = bareName(typed)
  const found = await db.selectFrom('person').select('id').where('name', '=', name).limit(2).execute()
  const [person, another] = found
  if (!person || another) throw new PlainError('liaison:import.no-person', { name })
  return person.id
}

async function isHeld(db: Reads, { organisation, role, person, from }: Assignment): Promise<boolean> {
  const held = (await holdersFrom(db, from, { organisation })).filter((one) => one.role === role).at(-1)
  return held?.person === person && held.until_day === null && held.from_day <= from
}

/** A CSV file to fill in. */
export function holdersTemplate(): string {
  return csvTemplate(headings, ['铸造车间', '联络员', '李梅', '2026-03-02'])
}
